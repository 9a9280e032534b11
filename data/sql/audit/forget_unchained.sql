-- They come back at once, in the same transaction, each with its number and its place in the chain.
DELETE FROM audit WHERE number IS NULL
