-- People: accounts and roles, what proves who somebody is (sessions, API tokens), what they told us about themselves,
-- the teams they belong to, and the log of what happened to their account.

CREATE TABLE users (
    id                  uuid        PRIMARY KEY,
    email               text        NOT NULL CHECK (email <> ''),
    normalized_email    text        COLLATE "C" NOT NULL,
    display_name        text        NOT NULL CHECK (display_name <> '' AND length(display_name) <= 80),
    password_hash       text,
    security_stamp      text        NOT NULL,
    concurrency_stamp   text        NOT NULL,
    access_failed_count integer     NOT NULL DEFAULT 0 CHECK (access_failed_count >= 0),
    lockout_end         timestamptz,
    disabled_at         timestamptz,
    is_demo             boolean     NOT NULL DEFAULT false,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 85);
COMMENT ON COLUMN users.normalized_email IS 'Upper case; the unique name of the account. Compared byte by byte, so that one index serves equality, order and prefix.';
COMMENT ON COLUMN users.password_hash IS 'PBKDF2 by ASP.NET Core Identity; null until a password is set.';
COMMENT ON COLUMN users.security_stamp IS 'Changes with the password, so that an older reset link stops working.';
COMMENT ON COLUMN users.access_failed_count IS 'Wrong passwords since the last right one; five lock the account until lockout_end.';
COMMENT ON COLUMN users.is_demo IS 'Has a published password: the server refuses to listen beyond loopback while one is enabled.';
CREATE UNIQUE INDEX users_by_email ON users (normalized_email);
COMMENT ON INDEX users_by_email IS 'Sign-in: the account of an address. People page: search by the start of an address.';
CREATE INDEX users_by_name ON users (upper(display_name) text_pattern_ops);
COMMENT ON INDEX users_by_name IS 'People page: search by the start of a name.';
CREATE INDEX users_demo ON users (id) WHERE is_demo;
COMMENT ON INDEX users_demo IS 'Start of the server: is there a demo person?';
CREATE TRIGGER users_touch BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE user_roles (
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    role       text        NOT NULL CHECK (role IN ('author', 'teacher', 'moderator', 'admin')),
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, role)
);
COMMENT ON TABLE user_roles IS 'What somebody may do beyond learning; everybody is a learner without a row.';

CREATE TABLE sessions (
    id           uuid        PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    key_hash     bytea       NOT NULL UNIQUE CHECK (length(key_hash) = 32),
    device       text        NOT NULL DEFAULT '',
    ip           inet,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL
) WITH (fillfactor = 80);
COMMENT ON TABLE sessions IS 'Signed-in browsers. Deleting the row signs the browser out.';
COMMENT ON COLUMN sessions.key_hash IS 'SHA-256 of the key in the cookie; the key itself is nowhere on the server.';
CREATE INDEX sessions_of_user ON sessions (user_id);
COMMENT ON INDEX sessions_of_user IS 'Settings: your sessions. Password change: end the others.';

CREATE TABLE api_tokens (
    id           uuid        PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    name         text        NOT NULL CHECK (name <> '' AND length(name) <= 80),
    secret_hash  bytea       NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    scope        text        NOT NULL CHECK (scope IN ('read', 'write')),
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz,
    expires_at   timestamptz NOT NULL
) WITH (fillfactor = 80);
COMMENT ON TABLE api_tokens IS 'Personal access tokens for programs. Deleting the row revokes the token.';
COMMENT ON COLUMN api_tokens.secret_hash IS 'SHA-256 of the token, which is shown once and stored nowhere.';
COMMENT ON COLUMN api_tokens.last_used_at IS 'Coarse: written at most every five minutes.';
CREATE INDEX api_tokens_of_user ON api_tokens (user_id);
COMMENT ON INDEX api_tokens_of_user IS 'Settings: your API tokens.';

CREATE TABLE profiles (
    user_id        uuid        PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    time_zone      text        CHECK (time_zone <> ''),
    locale         text        NOT NULL DEFAULT 'en',
    exam_date      date,
    target_percent smallint    CHECK (target_percent BETWEEN 1 AND 100),
    bio            text        NOT NULL DEFAULT '' CHECK (length(bio) <= 2000),
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE profiles IS 'What a person tells about themselves; no row means the defaults.';
COMMENT ON COLUMN profiles.time_zone IS 'IANA name in which times are shown; null means as the browser says.';
COMMENT ON COLUMN profiles.target_percent IS 'The score the person wants to reach in the exam, in percent.';
CREATE TRIGGER profiles_touch BEFORE UPDATE ON profiles FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE preferences (
    user_id        uuid        PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    theme          text        NOT NULL DEFAULT 'auto' CHECK (theme IN ('auto', 'light', 'dark')),
    interests      text[]      NOT NULL DEFAULT '{}',
    goals          text[]      NOT NULL DEFAULT '{}',
    time_budget    text        NOT NULL DEFAULT 'standard' CHECK (time_budget IN ('short', 'standard', 'deep')),
    challenge_mode boolean     NOT NULL DEFAULT false,
    daily_minutes  integer     NOT NULL DEFAULT 30 CHECK (daily_minutes BETWEEN 5 AND 480),
    notifications  jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(notifications) = 'object'),
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE preferences IS 'How a person wants Tripos to look and to choose work; no row means the defaults.';
CREATE TRIGGER preferences_touch BEFORE UPDATE ON preferences FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE teams (
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL CHECK (name <> '' AND length(name) <= 80),
    created_by uuid        REFERENCES users ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER teams_touch BEFORE UPDATE ON teams FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE team_members (
    team_id   uuid        NOT NULL REFERENCES teams ON DELETE CASCADE,
    user_id   uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    role      text        NOT NULL CHECK (role IN ('admin', 'member', 'viewer')),
    joined_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_of_user ON team_members (user_id);
COMMENT ON INDEX team_members_of_user IS 'My teams.';

CREATE TABLE team_invitations (
    id          uuid        PRIMARY KEY,
    team_id     uuid        NOT NULL REFERENCES teams ON DELETE CASCADE,
    secret_hash bytea       NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
    role        text        NOT NULL CHECK (role IN ('member', 'viewer')),
    created_by  uuid        REFERENCES users ON DELETE SET NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz NOT NULL
);
COMMENT ON TABLE team_invitations IS 'Links that let whoever holds one join the team until it expires; deleting the row withdraws the link.';
CREATE INDEX team_invitations_of_team ON team_invitations (team_id);
COMMENT ON INDEX team_invitations_of_team IS 'Team page: open invitations.';

-- The log. Partitioned by month, so that old months are dropped and not deleted; no foreign key, because the log outlives the account.
CREATE TABLE activity_log (
    id          bigint      GENERATED ALWAYS AS IDENTITY,
    user_id     uuid,
    actor_id    uuid,
    action      text        NOT NULL,
    is_security boolean     NOT NULL DEFAULT true,
    ip          inet,
    device      text        NOT NULL DEFAULT '',
    details     jsonb       NOT NULL DEFAULT '{}',
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (created_at, id)
) PARTITION BY RANGE (created_at);
COMMENT ON COLUMN activity_log.user_id IS 'Whose account it happened to; null when nobody was recognised.';
COMMENT ON COLUMN activity_log.actor_id IS 'Who did it, when that was somebody else, such as an administrator.';
CREATE TABLE activity_log_default PARTITION OF activity_log DEFAULT;
CREATE INDEX activity_log_of_user ON activity_log (user_id, created_at DESC, id DESC);
COMMENT ON INDEX activity_log_of_user IS 'Settings: what happened to my account. Activity page: filter by person.';
CREATE INDEX activity_log_by_action ON activity_log (action, created_at DESC, id DESC) WHERE is_security;
COMMENT ON INDEX activity_log_by_action IS 'Activity page: filter by what happened.';

CREATE FUNCTION activity_log_partition(month date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    first_day date := date_trunc('month', month);
    next_month date := date_trunc('month', month) + interval '1 month';
    name text := 'activity_log_' || to_char(month, 'YYYY_MM');
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('activity_log_partition'));
    IF to_regclass(name) IS NOT NULL THEN
        RETURN false;
    END IF;
    LOCK TABLE activity_log IN SHARE ROW EXCLUSIVE MODE;
    EXECUTE format('CREATE TABLE %I (LIKE activity_log INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
    -- Rows that came before their month had a place wait in the default partition.
    EXECUTE format('WITH moved AS (DELETE FROM activity_log_default WHERE created_at >= %L::timestamptz AND created_at < %L::timestamptz RETURNING *)
        INSERT INTO %I SELECT * FROM moved', first_day || ' 00:00Z', next_month || ' 00:00Z', name);
    EXECUTE format('ALTER TABLE activity_log ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, first_day || ' 00:00Z', next_month || ' 00:00Z');
    RETURN true;
END $$;
COMMENT ON FUNCTION activity_log_partition(date) IS 'Makes the partition of a month (in UTC) unless it is there; true when it was made.';

-- Every server caches who a cookie or a token belongs to. These tell all of them, whoever makes the change, that a person must be looked up again.
CREATE FUNCTION credentials_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('credentials', to_jsonb(OLD) ->> TG_ARGV[0]);
    ELSE
        PERFORM pg_notify('credentials', to_jsonb(NEW) ->> TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION credentials_changed() IS 'Sends the id of a person whose sessions, tokens, roles or account changed to channel credentials.';
CREATE TRIGGER users_credentials AFTER UPDATE ON users FOR EACH ROW
    WHEN ((OLD.disabled_at, OLD.display_name) IS DISTINCT FROM (NEW.disabled_at, NEW.display_name)) EXECUTE FUNCTION credentials_changed('id');
CREATE TRIGGER user_roles_credentials AFTER INSERT OR DELETE ON user_roles FOR EACH ROW EXECUTE FUNCTION credentials_changed('user_id');
CREATE TRIGGER sessions_credentials AFTER DELETE ON sessions FOR EACH ROW WHEN (OLD.expires_at > now()) EXECUTE FUNCTION credentials_changed('user_id');
CREATE TRIGGER api_tokens_credentials AFTER DELETE ON api_tokens FOR EACH ROW WHEN (OLD.expires_at > now()) EXECUTE FUNCTION credentials_changed('user_id');
CREATE TRIGGER profiles_credentials AFTER INSERT OR UPDATE ON profiles FOR EACH ROW EXECUTE FUNCTION credentials_changed('user_id');
