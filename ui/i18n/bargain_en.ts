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
        <name>CheckStep</name>
        <message numerus="yes">
            <source>%Ln row(s) in the file</source>
            <translation>
                <numerusform>%Ln row in the file</numerusform>
                <numerusform>%Ln rows in the file</numerusform>
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
            <source>Doubtful rows (%n)</source>
            <translation>
                <numerusform>Doubtful rows (%n)</numerusform>
                <numerusform>Doubtful rows (%n)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n without a year end</source>
            <translation>
                <numerusform>%n without a year end</numerusform>
                <numerusform>%n without a year end</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) to look at</source>
            <translation>
                <numerusform>%n thing to look at</numerusform>
                <numerusform>%n things to look at</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them change figures</source>
            <translation>
                <numerusform>%n of them changes figures</numerusform>
                <numerusform>%n of them change figures</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) not read yet</source>
            <translation>
                <numerusform>%n file not read yet</numerusform>
                <numerusform>%n files not read yet</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ColumnsStep</name>
        <message numerus="yes">
            <source>Questions (%n)</source>
            <translation>
                <numerusform>Questions (%n)</numerusform>
                <numerusform>Questions (%n)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Columns (%n read)</source>
            <translation>
                <numerusform>Columns (%n read)</numerusform>
                <numerusform>Columns (%n read)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Used last time for %n employers with the same headings.</source>
            <translation>
                <numerusform>Used last time for %n employer with the same headings.</numerusform>
                <numerusform>Used last time for %n employers with the same headings.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ConfirmStep</name>
        <message numerus="yes">
            <source>%n file(s) still need an answer, or to be left out (step 1).</source>
            <translation>
                <numerusform>%n file still needs an answer, or to be left out (step 1).</numerusform>
                <numerusform>%n files still need an answer, or to be left out (step 1).</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n employers</source>
            <translation>
                <numerusform>%n employer</numerusform>
                <numerusform>%n employers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln row(s) of totals agree with the rows above them, or hold no sum.</source>
            <translation>
                <numerusform>%Ln row of totals agrees with the rows above it, or holds no sum.</numerusform>
                <numerusform>%Ln rows of totals agree with the rows above them, or hold no sum.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln staff have no grade yet.</source>
            <translation>
                <numerusform>%Ln member of staff has no grade yet.</numerusform>
                <numerusform>%Ln staff have no grade yet.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>FilesStep</name>
        <message numerus="yes">
            <source>%n employers</source>
            <translation>
                <numerusform>%n employer</numerusform>
                <numerusform>%n employers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n sheet(s) are hidden in this workbook. We have not read them.</source>
            <translation>
                <numerusform>%n sheet is hidden in this workbook. We have not read it.</numerusform>
                <numerusform>%n sheets are hidden in this workbook. We have not read them.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ImportAssistant</name>
        <message numerus="yes">
            <source>Import %n files</source>
            <translation>
                <numerusform>Import %n file</numerusform>
                <numerusform>Import %n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln staff were added from {whose}.</source>
            <translation>
                <numerusform>%Ln member of staff was added from {whose}.</numerusform>
                <numerusform>%Ln staff were added from {whose}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n employers</source>
            <translation>
                <numerusform>%n employer</numerusform>
                <numerusform>%n employers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln row(s)</source>
            <translation>
                <numerusform>%Ln row</numerusform>
                <numerusform>%Ln rows</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln rows a second</source>
            <translation>
                <numerusform>%Ln row a second</numerusform>
                <numerusform>%Ln rows a second</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
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
        <name>NewPassphrase</name>
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
        <name>QuestionView</name>
        <message numerus="yes">
            <source>The file leaves this open (and %n more):</source>
            <translation>
                <numerusform>The file leaves this open (and %n more):</numerusform>
                <numerusform>The file leaves this open (and %n more):</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>Reconciliation</name>
        <message numerus="yes">
            <source>%Ln row(s) of staff</source>
            <translation>
                <numerusform>%Ln row of staff</numerusform>
                <numerusform>%Ln rows of staff</numerusform>
            </translation>
        </message>
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
        <name>RememberedDialog</name>
        <message numerus="yes">
            <source>%n employers</source>
            <translation>
                <numerusform>%n employer</numerusform>
                <numerusform>%n employers</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SheetStep</name>
        <message numerus="yes">
            <source>%Ln row(s)</source>
            <translation>
                <numerusform>%Ln row</numerusform>
                <numerusform>%Ln rows</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n sheet(s) are hidden in this workbook. We have not read them.</source>
            <translation>
                <numerusform>%n sheet is hidden in this workbook. We have not read it.</numerusform>
                <numerusform>%n sheets are hidden in this workbook. We have not read them.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln row(s) of this sheet are hidden.</source>
            <translation>
                <numerusform>%Ln row of this sheet is hidden.</numerusform>
                <numerusform>%Ln rows of this sheet are hidden.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n column(s) are hidden; they are read.</source>
            <translation>
                <numerusform>%n column is hidden; it is read.</numerusform>
                <numerusform>%n columns are hidden; they are read.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SideFiles</name>
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
            <source>Go on with the import (%n file(s))</source>
            <translation>
                <numerusform>Go on with the import (%n file)</numerusform>
                <numerusform>Go on with the import (%n files)</numerusform>
            </translation>
        </message>
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
            <source>%n of them is empty and leaves its point as it is.</source>
            <translation>
                <numerusform>%n of them is empty and leaves its point as it is.</numerusform>
                <numerusform>%n of them are empty and leave their points as they are.</numerusform>
            </translation>
        </message>
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
            <source>%Ln staff keep their pay and stand on no point.</source>
            <translation>
                <numerusform>%Ln staff keep their pay and stand on no point.</numerusform>
                <numerusform>%Ln staff keep their pay and stand on no point.</numerusform>
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
        <name>AccountsAssistant</name>
        <message numerus="yes">
            <source>Read accounts of %n files</source>
            <translation>
                <numerusform>Read accounts of %n file</numerusform>
                <numerusform>Read accounts of %n files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Accounts of %n employer(s) were read.</source>
            <translation>
                <numerusform>Accounts of %n employer were read.</numerusform>
                <numerusform>Accounts of %n employers were read.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Add accounts of %n employer(s)</source>
            <translation>
                <numerusform>Add accounts of %n employer</numerusform>
                <numerusform>Add accounts of %n employers</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>AccountsByHandDialog</name>
        <message numerus="yes">
            <source>Change accounts of %n employers</source>
            <translation>
                <numerusform>Change accounts of %n employer</numerusform>
                <numerusform>Change accounts of %n employers</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>QuestionBand</name>
        <message numerus="yes">
            <source>(%n more to answer after this)</source>
            <translation>
                <numerusform>(%n more to answer after this)</numerusform>
                <numerusform>(%n more to answer after this)</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>EmployersPage</name>
        <message numerus="yes">
            <source>{under}: %n of {known} employers fall(s) below a margin of {margin}</source>
            <translation>
                <numerusform>{under}: %n of {known} employers falls below a margin of {margin}</numerusform>
                <numerusform>{under}: %n of {known} employers fall below a margin of {margin}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>; of %n the accounts do not tell the margin</source>
            <translation>
                <numerusform>; of one the accounts do not tell the margin</numerusform>
                <numerusform>; of %n the accounts do not tell the margin</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n months</source>
            <translation>
                <numerusform>%n month</numerusform>
                <numerusform>%n months</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n of them do(es) not say how many places.</source>
            <translation>
                <numerusform>%n of them does not say how many places.</numerusform>
                <numerusform>%n of them do not say how many places.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RiskPanel</name>
        <message numerus="yes">
            <source>%n has (have) a margin below {margin}</source>
            <translation>
                <numerusform>%n has a margin below {margin}</numerusform>
                <numerusform>%n have a margin below {margin}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n run(s) out of cash</source>
            <translation>
                <numerusform>%n runs out of cash</numerusform>
                <numerusform>%n run out of cash</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>StayingPanel</name>
        <message numerus="yes">
            <source>Of %n of {all} employers the accounts do not tell what leaving gains.</source>
            <translation>
                <numerusform>Of one of {all} employers the accounts do not tell what leaving gains.</numerusform>
                <numerusform>Of %n of {all} employers the accounts do not tell what leaving gains.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TargetsPage</name>
        <message numerus="yes">
            <source>Counts %Ln staff.</source>
            <translation>
                <numerusform>Counts %Ln member of staff.</numerusform>
                <numerusform>Counts %Ln staff.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Judged at %Ln employer(s).</source>
            <translation>
                <numerusform>Judged at %Ln employer.</numerusform>
                <numerusform>Judged at %Ln employers.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Judged in %Ln grade(s).</source>
            <translation>
                <numerusform>Judged in %Ln grade.</numerusform>
                <numerusform>Judged in %Ln grades.</numerusform>
            </translation>
        </message>
    </context>
</TS>
