SELECT file_name FROM submission WHERE sent_by = 'Demonstration'
