DROP INDEX attempts_practised;
DROP INDEX questions_by_status;
DROP TABLE bulk_changes;
UPDATE question_versions SET reason = 'edited' WHERE reason = 'restored';
ALTER TABLE question_versions DROP CONSTRAINT question_versions_reason_check,
    ADD CONSTRAINT question_versions_reason_check CHECK (reason IN ('created', 'imported', 'keyed', 'edited'));
DROP TRIGGER question_versions_search ON question_versions;
DROP FUNCTION index_new_versions();
DROP TABLE question_search;
DROP FUNCTION question_document(jsonb, text);
