"""Whether every email arrives, whatever breaks: `python3 dev.py bench --failures`.

Real workers, beats, Postgres, Valkey and a mail server, each a process that is killed or misbehaves
on purpose. `scenarios` says what breaks, `stage` holds the processes, `sink` is the mail server,
`table` says what came of it.
"""
