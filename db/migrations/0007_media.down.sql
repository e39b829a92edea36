DROP TABLE recording_troubles;
DROP TABLE recording_chunks;
DROP TABLE recordings;
DROP INDEX question_versions_media;
DROP FUNCTION media_of(jsonb);
DROP TABLE media_files;
DROP TABLE media_chunks;
DROP TABLE media;
