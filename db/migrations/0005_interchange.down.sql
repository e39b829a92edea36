DROP TABLE import_files;
DROP TABLE import_batches;
ALTER TABLE question_versions DROP COLUMN metadata;
