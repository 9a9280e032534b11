SELECT format, start FROM workspace
