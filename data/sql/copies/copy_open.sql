COPY FROM DATABASE its_store TO its_copy
