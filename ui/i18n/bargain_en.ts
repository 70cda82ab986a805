<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB">
    <context>
        <name>AgreementPage</name>
        <message numerus="yes">
            <source>Draft of “{offer}”. %n thing(s) to settle before it can be agreed.</source>
            <translation>
                <numerusform>Draft of “{offer}”. %n thing to settle before it can be agreed.</numerusform>
                <numerusform>Draft of “{offer}”. %n things to settle before it can be agreed.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ImportDialog</name>
        <message numerus="yes">
            <source>%n file(s) still need an answer, or to be left out.</source>
            <translation>
                <numerusform>%n file still needs an answer, or to be left out.</numerusform>
                <numerusform>%n files still need an answer, or to be left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All rows are accounted for. Staff of %n employers.</source>
            <translation>
                <numerusform>All rows are accounted for. Staff of %n employer.</numerusform>
                <numerusform>All rows are accounted for. Staff of %n employers.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Import %n files</source>
            <translation>
                <numerusform>Import %n file</numerusform>
                <numerusform>Import %n files</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message numerus="yes">
            <source>%Ln staff</source>
            <translation>
                <numerusform>%Ln staff</numerusform>
                <numerusform>%Ln staff</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln employer(s)</source>
            <translation>
                <numerusform>%Ln employer</numerusform>
                <numerusform>%Ln employers</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>NewSectorDialog</name>
        <message numerus="yes">
            <source>The passphrase is too short. Use %n characters or more.</source>
            <translation>
                <numerusform>The passphrase is too short. Use %n character or more.</numerusform>
                <numerusform>The passphrase is too short. Use %n characters or more.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>NoticeBar</name>
        <message numerus="yes">
            <source>%n more</source>
            <translation>
                <numerusform>%n more</numerusform>
                <numerusform>%n more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Reconciliation</name>
        <message numerus="yes">
            <source>%Ln row(s) in file</source>
            <translation>
                <numerusform>%Ln row in file</numerusform>
                <numerusform>%Ln rows in file</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln staff</source>
            <translation>
                <numerusform>%Ln staff</numerusform>
                <numerusform>%Ln staff</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln total(s)</source>
            <translation>
                <numerusform>%Ln total</numerusform>
                <numerusform>%Ln totals</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln leaver(s)</source>
            <translation>
                <numerusform>%Ln leaver</numerusform>
                <numerusform>%Ln leavers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln set aside</source>
            <translation>
                <numerusform>%Ln set aside</numerusform>
                <numerusform>%Ln set aside</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln blank</source>
            <translation>
                <numerusform>%Ln blank</numerusform>
                <numerusform>%Ln blank</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SideFiles</name>
        <message numerus="yes">
            <source>Accounts of %n employer(s) were read from {name}.</source>
            <translation>
                <numerusform>Accounts of %n employer were read from {name}.</numerusform>
                <numerusform>Accounts of %n employers were read from {name}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n target(s) were read; “{name}” is now in use.</source>
            <translation>
                <numerusform>%n target was read; “{name}” is now in use.</numerusform>
                <numerusform>%n targets were read; “{name}” is now in use.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StaffPage</name>
        <message numerus="yes">
            <source>%Ln import(s)</source>
            <translation>
                <numerusform>%Ln import</numerusform>
                <numerusform>%Ln imports</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln staff</source>
            <translation>
                <numerusform>%Ln staff</numerusform>
                <numerusform>%Ln staff</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PasteDialog</name>
        <message numerus="yes">
            <source>&amp;Add %n point(s)</source>
            <translation>
                <numerusform>&amp;Add %n point</numerusform>
                <numerusform>&amp;Add %n points</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>&amp;Paste %n value(s)</source>
            <translation>
                <numerusform>&amp;Paste %n value</numerusform>
                <numerusform>&amp;Paste %n values</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ScaleTab</name>
        <message numerus="yes">
            <source>%Ln staff</source>
            <translation>
                <numerusform>%Ln staff</numerusform>
                <numerusform>%Ln staff</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n point(s) below the legal floor of {floor} from {day}: {names}.</source>
            <translation>
                <numerusform>%n point below the legal floor of {floor} from {day}: {names}.</numerusform>
                <numerusform>%n points below the legal floor of {floor} from {day}: {names}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete %n point(s)</source>
            <translation>
                <numerusform>Delete %n point</numerusform>
                <numerusform>Delete %n points</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Paste %n value(s)</source>
            <translation>
                <numerusform>Paste %n value</numerusform>
                <numerusform>Paste %n values</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TitlePlacer</name>
        <message numerus="yes">
            <source>Place %n job title(s) on {grade}</source>
            <translation>
                <numerusform>Place %n job title on {grade}</numerusform>
                <numerusform>Place %n job titles on {grade}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln staff</source>
            <translation>
                <numerusform>%Ln staff</numerusform>
                <numerusform>%Ln staff</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n job title(s)</source>
            <translation>
                <numerusform>%n job title</numerusform>
                <numerusform>%n job titles</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>_ReadFile</name>
        <message numerus="yes">
            <source>%Ln row(s) are hidden in the spreadsheet; they were read too.</source>
            <translation>
                <numerusform>%Ln row is hidden in the spreadsheet; it was read too.</numerusform>
                <numerusform>%Ln rows are hidden in the spreadsheet; they were read too.</numerusform>
            </translation>
        </message>
    </context>
</TS>
