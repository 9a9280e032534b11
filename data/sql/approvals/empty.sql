-- A file that waits no longer is not kept here: approved it is a submission, else it is gone.
UPDATE waiting SET original = ''::BLOB, mapping = '', sha256 = '', size = 0 WHERE id = $id::UUID
