-- A later copy of the same file was told under which name it had been seen before.
UPDATE submission SET findings = replace(findings, $written_name, $written_tombstone)
WHERE contains(findings, $written_name)
