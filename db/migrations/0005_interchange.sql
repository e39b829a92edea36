-- Importing in the browser: what was uploaded and found, kept until the author commits; and what questions bring along beyond our columns.

ALTER TABLE question_versions ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(metadata) = 'object');
COMMENT ON COLUMN question_versions.metadata IS 'Scalar fields of an imported question that Tripos has no column for (such as audioSrc), kept as they came.';

CREATE TABLE import_batches (
    id          uuid        PRIMARY KEY,
    created_by  uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    status      text        NOT NULL DEFAULT 'ready' CHECK (status IN ('ready', 'importing', 'done', 'failed')),
    preview     jsonb       NOT NULL CHECK (jsonb_typeof(preview) = 'object'),
    result      jsonb       CHECK (jsonb_typeof(result) = 'object'),
    files_total integer     NOT NULL DEFAULT 0 CHECK (files_total >= 0),
    files_done  integer     NOT NULL DEFAULT 0 CHECK (files_done >= 0),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE import_batches IS 'One upload: checked, looked at, then committed.';
CREATE INDEX import_batches_of_author ON import_batches (created_by, created_at DESC);
COMMENT ON INDEX import_batches_of_author IS 'Import page: my last imports.';
CREATE INDEX import_batches_running ON import_batches (id) WHERE status = 'importing';
COMMENT ON INDEX import_batches_running IS 'Start of the server: imports that were cut short.';
CREATE TRIGGER import_batches_touch BEFORE UPDATE ON import_batches FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE import_files (
    batch_id uuid    NOT NULL REFERENCES import_batches ON DELETE CASCADE,
    position integer NOT NULL CHECK (position >= 1),
    name     text    NOT NULL CHECK (name <> ''),
    content  bytea   NOT NULL,
    PRIMARY KEY (batch_id, position)
);
COMMENT ON TABLE import_files IS 'The uploaded files themselves; deleted when the import is done, or forgotten for a week.';
ALTER TABLE import_files ALTER COLUMN content SET STORAGE EXTERNAL;
