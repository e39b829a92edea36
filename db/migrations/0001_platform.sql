-- What every feature stands on: the updated_at rule, the job queue and the keys that protect cookies.

CREATE FUNCTION touch_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END $$;
COMMENT ON FUNCTION touch_updated_at() IS 'Sets updated_at on every change; attached to each table that has the column.';

CREATE TABLE jobs (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind         text        NOT NULL,
    payload      jsonb       NOT NULL DEFAULT '{}',
    run_at       timestamptz NOT NULL DEFAULT now(),
    tries        integer     NOT NULL DEFAULT 0 CHECK (tries >= 0),
    locked_until timestamptz,
    last_error   text,
    done_at      timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80);
COMMENT ON TABLE jobs IS 'Facts on their way to the features that react to them; a worker takes them with FOR UPDATE SKIP LOCKED.';
CREATE INDEX jobs_waiting ON jobs (run_at, id) WHERE done_at IS NULL;
COMMENT ON INDEX jobs_waiting IS 'The worker: the oldest job that is due. The jobs page: what waits.';

CREATE TABLE data_protection_keys (
    name       text        PRIMARY KEY,
    xml        text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE data_protection_keys IS 'ASP.NET Data Protection key ring, so that cookies outlive a restart and hold on every node.';
