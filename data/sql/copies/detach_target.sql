DETACH target
