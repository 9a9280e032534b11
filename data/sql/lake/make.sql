-- ATTACH takes no parameters: the address and the folder of the files stand in their places as quoted texts.
ATTACH $address AS made (DATA_PATH $files)
