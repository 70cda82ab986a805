"""The sector file: what windows and commands may ask of it. Heavy parts are imported when first used.

``sector_file.SectorFile`` is an open file. It is made by ``SectorFile.create(path, sector, passphrase)`` or
``SectorFile.open(path, secret)``, where ``secret`` is the passphrase, the recovery key as printed, or None for
the sample. Every method may be called from any thread. What it holds and does:

- ``path``, ``sector`` (the present value), ``steps`` (``history.Step``: number, at, text, kind, sector()),
  ``at`` (how many of the steps are done; those after it can be redone), ``history.start`` (the step before them);
- ``read_only``: why the file may only be looked at, as a sentence; empty where it may be changed. It is opened
  twice (``holder`` says by whom and since when; ``take_over()`` after the person confirmed), or was made with
  a newer version;
- ``recovered``: the steps that a crash had kept from the file and that its journal gave back (empty: none);
  ``set_aside``: a journal that did not fit the file, kept as a backup of kind "unsaved" (None: none);
- ``record(sector, text, kind)``, ``undo()``, ``redo()``, or ``mirror(steps, at)`` for an undo stack that keeps
  its own steps: each puts the change into the journal at once, before it returns;
- ``save()`` gives ``Saved`` (when, SHA-256, unconfirmed: a sentence or ""); raises ``NotSavedError`` and leaves
  a sealed copy in the app's own folder, or ``ChangedElsewhereError``: then ``keep_mine()``, ``keep_theirs()``
  (a SectorFile on what is there now; mine goes to the backups) or ``save_to(other_path)``;
- ``when_frozen(frozen)``: the sector as it was when an offer was tabled; ``certificates``: what was erased, and when;
- ``save_to(path)``; ``back_up(reason)`` before an import; ``close()``;
- ``versions()``: earlier versions, newest first (``Version``: at, text, kind, size, is_step);
  ``look_at(version)`` gives its sector, ``restore(version)`` backs up the present one, then records it as a step;
- ``change_passphrase(new)``, ``set_recovery_key(key)``, ``has_recovery_key``; saved with the next ``save()``;
- ``erase_staff(reason, only)`` gives an ``erasing.Certificate`` and has rewritten file, history, backups and journal;
  ``only`` names the imports whose staff go (None: all);
- ``sign(message)`` and ``public_key`` for offers that leave; ``put_by(plain)`` and ``taken_up(sealed)`` for what is kept
  in memory while the file is locked; ``is_pristine`` and ``discard()`` for the sample, whose changes are not kept in it.

Before anything is unlocked, ``outside.look(path)`` gives ``Outside``: whether it is one of ours and whole
(``damage``: a sentence or ""), ``version``, ``is_sample``, ``has_recovery_key``, ``holder`` (who has it open),
``unfinished`` (when work was last put in the journal, else None), ``backups`` (newest first) and ``newest_good``.
``outside.newest_good(path, secret)`` is the newest copy that opens and is whole; ``outside.put_back(path, backup,
secret)`` puts a copy in the place of a damaged file, which goes to the backups too.

``recovery.new_recovery_key()`` makes a key to print (groups of letters with a check); ``recovery.page(...)`` the
lines of its page. ``refusals`` has one exception class for each thing that can be wrong, so that the window can
offer the right next step. ``container.write_sector`` and ``read_sector`` are the plain way to a whole file
without history. ``places.data_folder()`` is where backups, journals and the log live.

The window reaches all this through ``ui.session.Session``: ``file``, ``read_only``, ``create(…, recovery_key=…)``,
``open(…, recover=…)``, and ``file_desk`` for ``look_at``, ``restore``, ``erase_staff``, ``change_passphrase``,
``set_recovery_key``, ``take_over`` and ``check_frozen``, whose slow parts run in the worker.
"""
