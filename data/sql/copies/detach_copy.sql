DETACH its_copy
