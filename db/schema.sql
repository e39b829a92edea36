-- The schema after every migration. Written by `bin/db schema`; do not edit.

CREATE OR REPLACE FUNCTION public.activity_log_partition(month date)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
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
END $function$
;
COMMENT ON FUNCTION activity_log_partition(date) IS 'Makes the partition of a month (in UTC) unless it is there; true when it was made.';

CREATE OR REPLACE FUNCTION public.check_credit_transfer()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
    t credit_transfers;
    moved record;
BEGIN
    SELECT * INTO t FROM credit_transfers WHERE id = CASE TG_TABLE_NAME WHEN 'credit_transfers' THEN (to_jsonb(NEW)->>'id')::uuid ELSE (to_jsonb(NEW)->>'transfer_id')::uuid END;
    SELECT COALESCE(sum(amount), 0) AS together, COALESCE(sum(amount) FILTER (WHERE amount > 0), 0) AS credits,
        COALESCE(bool_and(account = ANY (CASE
            WHEN amount < 0 THEN CASE t.kind WHEN 'reserve' THEN '{daily,extra}' WHEN 'settle' THEN '{held}' WHEN 'refund' THEN '{held}' WHEN 'expire' THEN '{daily}' WHEN 'withdrawal' THEN '{extra}' ELSE '{issued}' END
            ELSE CASE t.kind WHEN 'reserve' THEN '{held}' WHEN 'settle' THEN '{spent}' WHEN 'refund' THEN '{daily,extra,expired}' WHEN 'expire' THEN '{expired}' WHEN 'withdrawal' THEN '{issued}' WHEN 'gift' THEN '{extra}' ELSE '{daily}' END
        END::text[])), true) AS allowed
    INTO moved FROM credit_entries WHERE transfer_id = t.id;
    IF moved.together <> 0 OR moved.credits <> t.credits OR NOT moved.allowed THEN
        RAISE EXCEPTION 'The entries of % % do not make up % credits.', t.kind, t.id, t.credits USING ERRCODE = 'check_violation';
    END IF;
    IF t.kind IN ('settle', 'refund') AND NOT EXISTS (
        SELECT FROM credit_transfers r WHERE r.request_id = t.request_id AND r.kind = 'reserve' AND (r.user_id, r.credits, r.usage_type) = (t.user_id, t.credits, t.usage_type)) THEN
        RAISE EXCEPTION 'Nothing like % % was reserved.', t.kind, t.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.count_credit_transfer()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
    settled boolean := NEW.kind = 'settle';
BEGIN
    INSERT INTO credit_months (user_id, month, usage_type) VALUES (NEW.user_id, credit_month(NEW.request_id), NEW.usage_type) ON CONFLICT DO NOTHING;
    UPDATE credit_months SET reserved = reserved + CASE NEW.kind WHEN 'reserve' THEN NEW.credits ELSE -NEW.credits END,
        spent = spent + CASE WHEN settled THEN NEW.credits ELSE 0 END, evaluations = evaluations + settled::int, cost_micros = cost_micros + COALESCE(NEW.cost_micros, 0)
    WHERE user_id = NEW.user_id AND month = credit_month(NEW.request_id) AND usage_type = NEW.usage_type;
    RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.credentials_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    IF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('credentials', to_jsonb(OLD) ->> TG_ARGV[0]);
    ELSE
        PERFORM pg_notify('credentials', to_jsonb(NEW) ->> TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $function$
;
COMMENT ON FUNCTION credentials_changed() IS 'Sends the id of a person whose sessions, tokens, roles or account changed to channel credentials.';

CREATE OR REPLACE FUNCTION public.credit_month(request uuid)
 RETURNS date
 LANGUAGE sql
 STABLE
AS $function$ SELECT date_trunc('month', created_at AT TIME ZONE 'UTC')::date FROM credit_transfers WHERE request_id = request AND kind = 'reserve' $function$
;

CREATE OR REPLACE FUNCTION public.index_new_versions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    INSERT INTO question_search (question_id, document)
    SELECT DISTINCT ON (question_id) question_id, question_document(body, original_id) FROM added ORDER BY question_id, number DESC
    ON CONFLICT (question_id) DO UPDATE SET document = excluded.document;
    RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.is_passed(points double precision, points_max double precision, points_open double precision, mark real)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT CASE WHEN percent_of(points, points_max, 0) >= mark THEN true WHEN percent_of(points + points_open, points_max, 0) < mark THEN false END
$function$
;
COMMENT ON FUNCTION is_passed(double precision,double precision,double precision,real) IS 'Null without a mark, and while open points could still change it; the same as GradeAttempt.Passed.';

CREATE OR REPLACE FUNCTION public.media_of(body jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT coalesce(array_agg(DISTINCT found[1]), '{}') FROM regexp_matches(body::text, '\m[0-9a-f]{64}\M', 'g') AS found
$function$
;
COMMENT ON FUNCTION media_of(jsonb) IS 'The content hashes a question names, wherever its kind keeps them.';

CREATE OR REPLACE FUNCTION public.percent_of(points double precision, points_max double precision, points_open double precision)
 RETURNS real
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT CASE WHEN points_max - points_open > 0.0005 THEN GREATEST(0, LEAST(100, 100 * points / (points_max - points_open)))::real ELSE 0::real END
$function$
;
COMMENT ON FUNCTION percent_of(double precision,double precision,double precision) IS 'Of the points that are decided; the same as GradeAttempt.PercentOf.';

CREATE OR REPLACE FUNCTION public.post_credit_entry()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
    owner uuid := (SELECT user_id FROM credit_transfers WHERE id = NEW.transfer_id);
BEGIN
    UPDATE credit_accounts SET balance = balance + NEW.amount WHERE user_id = owner AND account = NEW.account;
    IF NOT FOUND THEN
        INSERT INTO credit_accounts (user_id, account, balance) VALUES (owner, NEW.account, NEW.amount);
    END IF;
    RETURN NULL;
END $function$
;

CREATE OR REPLACE FUNCTION public.question_document(body jsonb, original_id text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT setweight(to_tsvector('english', left(concat_ws(' ', body->>'prompt', original_id), 200000)), 'A')
        || setweight(to_tsvector('english', left(coalesce(string_agg(part #>> '{}', ' ') FILTER (WHERE jsonb_typeof(part) = 'string'), ''), 200000)), 'B')
    FROM jsonb_path_query(body - '{prompt,format}'::text[], 'strict $.**') part
$function$
;
COMMENT ON FUNCTION question_document(jsonb,text) IS 'Every text of a body, whatever its kind: the prompt weighs most, then options, passage, transcript, code and explanations. HTML tags are no words to the parser.';

CREATE OR REPLACE FUNCTION public.refuse_credit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'The books are written once: make a new transfer instead of changing %.', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $function$
;

CREATE OR REPLACE FUNCTION public.refuse_rubric_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'Rubric versions are immutable: insert a new number instead of changing % of rubric %.', OLD.number, OLD.rubric_id;
END $function$
;

CREATE OR REPLACE FUNCTION public.refuse_version_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'Question versions are immutable: insert a new version instead of changing version %.', OLD.id;
END $function$
;

CREATE OR REPLACE FUNCTION public.refuse_version_deletion()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    RAISE EXCEPTION 'Question versions are kept for the answers that point to them: retire question % instead of deleting it.', OLD.question_id;
END $function$
;

CREATE OR REPLACE FUNCTION public.touch_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END $function$
;
COMMENT ON FUNCTION touch_updated_at() IS 'Sets updated_at on every change; attached to each table that has the column.';

CREATE TABLE accommodations (
    learner_id uuid NOT NULL,
    factor real NOT NULL DEFAULT 1,
    extra_ms bigint NOT NULL DEFAULT 0,
    note text NOT NULL DEFAULT ''::text,
    set_by uuid NOT NULL,
    set_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT accommodations_pkey PRIMARY KEY (learner_id),
    CONSTRAINT accommodations_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT accommodations_set_by_fkey FOREIGN KEY (set_by) REFERENCES users(id),
    CONSTRAINT accommodations_extra_ms_check CHECK (((extra_ms >= 0) AND (extra_ms <= 14400000))),
    CONSTRAINT accommodations_factor_check CHECK (((factor >= (1)::double precision) AND (factor <= (4)::double precision))),
    CONSTRAINT accommodations_note_check CHECK ((length(note) <= 500))
);
COMMENT ON TABLE accommodations IS 'More time for a learner in every timed attempt they start: limit x factor + extra_ms.';

CREATE TABLE activity_log (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    user_id uuid,
    actor_id uuid,
    action text NOT NULL,
    is_security boolean NOT NULL DEFAULT true,
    ip inet,
    device text NOT NULL DEFAULT ''::text,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT activity_log_pkey PRIMARY KEY (created_at, id)
) PARTITION BY RANGE (created_at);
COMMENT ON COLUMN activity_log.user_id IS 'Whose account it happened to; null when nobody was recognised.';
COMMENT ON COLUMN activity_log.actor_id IS 'Who did it, when that was somebody else, such as an administrator.';
CREATE INDEX activity_log_by_action ON ONLY public.activity_log USING btree (action, created_at DESC, id DESC) WHERE is_security;
COMMENT ON INDEX activity_log_by_action IS 'Activity page: filter by what happened.';
CREATE INDEX activity_log_of_user ON ONLY public.activity_log USING btree (user_id, created_at DESC, id DESC);
COMMENT ON INDEX activity_log_of_user IS 'Settings: what happened to my account. Activity page: filter by person.';

CREATE TABLE annotations (
    attempt_id uuid NOT NULL,
    id uuid NOT NULL,
    "position" smallint NOT NULL,
    passage text NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL,
    text text NOT NULL,
    colour text NOT NULL,
    comment text NOT NULL DEFAULT ''::text,
    created_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    CONSTRAINT annotations_pkey PRIMARY KEY (attempt_id, id),
    CONSTRAINT annotations_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE,
    CONSTRAINT annotations_check CHECK ((last > first)),
    CONSTRAINT annotations_colour_check CHECK ((colour = ANY (ARRAY['yellow'::text, 'green'::text, 'blue'::text, 'pink'::text]))),
    CONSTRAINT annotations_comment_check CHECK ((length(comment) <= 2000)),
    CONSTRAINT annotations_first_check CHECK ((first >= 0)),
    CONSTRAINT annotations_passage_check CHECK ((passage = ANY (ARRAY['passage'::text, 'prompt'::text, 'code'::text]))),
    CONSTRAINT annotations_position_check CHECK (("position" >= 1)),
    CONSTRAINT annotations_text_check CHECK (((length(text) >= 1) AND (length(text) <= 4000)))
);
COMMENT ON TABLE annotations IS 'What a learner marked in a text while they worked, with a comment. The page makes the ids.';
COMMENT ON COLUMN annotations.first IS 'Offset of the first marked character in the text of the passage as it is shown, in UTF-16 units; last is behind the last one.';
COMMENT ON COLUMN annotations.removed_at IS 'Taken away by the learner; kept, because the timeline of a session shows it.';

CREATE TABLE answer_events (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    sequence integer NOT NULL,
    outcome text NOT NULL,
    response jsonb,
    confidence smallint,
    elapsed_ms bigint,
    device text,
    answered_at timestamp with time zone,
    received_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT answer_events_pkey PRIMARY KEY (attempt_id, "position", id),
    CONSTRAINT answer_events_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'stale'::text, 'closed'::text, 'late'::text])))
);
COMMENT ON TABLE answer_events IS 'Append-only history of every change a learner sent, accepted or refused; review and disputes read it. No foreign key: the statement that writes it holds the attempt, and attempts are never deleted.';
COMMENT ON COLUMN answer_events.answered_at IS 'When the learner answered, by the browser''s clock set to the server''s.';

CREATE TABLE answer_paces (
    learner_id uuid NOT NULL,
    kind text NOT NULL,
    recent_ms bigint[] NOT NULL,
    CONSTRAINT answer_paces_pkey PRIMARY KEY (learner_id, kind)
) WITH (fillfactor=70);
COMMENT ON TABLE answer_paces IS 'How long the last answers of a learner to questions of a kind took, oldest first: what counts as slow or fast for them.';

CREATE TABLE answers (
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    question_version_id integer NOT NULL,
    topic_id integer,
    section text,
    points_max real NOT NULL DEFAULT 1,
    response jsonb,
    sequence integer NOT NULL DEFAULT 0,
    device text,
    elapsed_ms bigint,
    confidence smallint,
    flagged boolean NOT NULL DEFAULT false,
    answered_at timestamp with time zone,
    changed_at timestamp with time zone,
    points real,
    correct boolean,
    graded_version_id integer,
    traits jsonb,
    points_open real NOT NULL DEFAULT 0,
    checked_at timestamp with time zone,
    CONSTRAINT answers_pkey PRIMARY KEY (attempt_id, "position"),
    CONSTRAINT answers_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE,
    CONSTRAINT answers_check CHECK (((points >= (0)::double precision) AND (points <= points_max))),
    CONSTRAINT answers_confidence_check CHECK (((confidence >= 1) AND (confidence <= 5))),
    CONSTRAINT answers_device_check CHECK ((length(device) <= 64)),
    CONSTRAINT answers_elapsed_ms_check CHECK ((elapsed_ms >= 0)),
    CONSTRAINT answers_points_max_check CHECK ((points_max >= (0)::double precision)),
    CONSTRAINT answers_points_open_check CHECK ((points_open >= (0)::double precision)),
    CONSTRAINT answers_position_check CHECK (("position" >= 1)),
    CONSTRAINT answers_sequence_check CHECK ((sequence >= 0))
) WITH (fillfactor=70, autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_insert_scale_factor=0.02);
COMMENT ON TABLE answers IS 'One row per item presented, made at the start with the version the learner sees. No index beside the key: a save stays a heap-only update.';
COMMENT ON COLUMN answers.question_version_id IS 'No foreign key: each check would lock the version''s row, which everybody who starts the same test shares; instead versions cannot be deleted.';
COMMENT ON COLUMN answers.sequence IS 'The number of the last accepted change; 0 = never answered.';
COMMENT ON COLUMN answers.answered_at IS 'When the first answer arrived; never changed after that.';
COMMENT ON COLUMN answers.graded_version_id IS 'Whose key the points come from: the version seen, or a later one after a regrade.';
COMMENT ON COLUMN answers.traits IS 'What each trait earned and why: [{"name", "score" (null: not evaluated yet), "max", "why"}].';
COMMENT ON COLUMN answers.checked_at IS 'When the learner was shown the right answer, in modes that show it at once; from then on the answer stays as it is.';

CREATE TABLE api_tokens (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    secret_hash bytea NOT NULL,
    scope text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    last_used_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT api_tokens_pkey PRIMARY KEY (id),
    CONSTRAINT api_tokens_secret_hash_key UNIQUE (secret_hash),
    CONSTRAINT api_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT api_tokens_name_check CHECK (((name <> ''::text) AND (length(name) <= 80))),
    CONSTRAINT api_tokens_scope_check CHECK ((scope = ANY (ARRAY['read'::text, 'write'::text]))),
    CONSTRAINT api_tokens_secret_hash_check CHECK ((length(secret_hash) = 32))
) WITH (fillfactor=80);
COMMENT ON TABLE api_tokens IS 'Personal access tokens for programs. Deleting the row revokes the token.';
COMMENT ON COLUMN api_tokens.secret_hash IS 'SHA-256 of the token, which is shown once and stored nowhere.';
COMMENT ON COLUMN api_tokens.last_used_at IS 'Coarse: written at most every five minutes.';
CREATE INDEX api_tokens_of_user ON public.api_tokens USING btree (user_id);
COMMENT ON INDEX api_tokens_of_user IS 'Settings: your API tokens.';
CREATE TRIGGER api_tokens_credentials AFTER DELETE ON public.api_tokens FOR EACH ROW WHEN ((old.expires_at > now())) EXECUTE FUNCTION credentials_changed('user_id');

CREATE TABLE attempts (
    id uuid NOT NULL,
    learner_id uuid NOT NULL,
    test_id uuid,
    test_version integer,
    number integer NOT NULL DEFAULT 1,
    title text NOT NULL,
    mode text NOT NULL,
    status text NOT NULL,
    policy jsonb NOT NULL DEFAULT '{}'::jsonb,
    blueprint jsonb,
    seed bigint NOT NULL,
    session_id uuid,
    scheduled_for timestamp with time zone,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    started_at timestamp with time zone,
    deadline_at timestamp with time zone,
    late_until timestamp with time zone,
    submitted_at timestamp with time zone,
    submit_type text,
    duration_ms bigint,
    item_count smallint NOT NULL DEFAULT 0,
    answered_count smallint,
    points real,
    points_max real,
    percent real,
    passed boolean,
    overall smallint,
    speaking smallint,
    writing smallint,
    reading smallint,
    listening smallint,
    pronunciation smallint,
    fluency smallint,
    content smallint,
    grade_revision integer NOT NULL DEFAULT 0,
    scores jsonb NOT NULL DEFAULT '{}'::jsonb,
    points_open real NOT NULL DEFAULT 0,
    profile text,
    grammar smallint,
    spelling smallint,
    vocabulary smallint,
    discourse smallint,
    part smallint,
    part_first smallint,
    part_last smallint,
    part_started_at timestamp with time zone,
    part_deadline_at timestamp with time zone,
    paused_at timestamp with time zone,
    paused_ms bigint NOT NULL DEFAULT 0,
    allowance jsonb,
    CONSTRAINT attempts_pkey PRIMARY KEY (id),
    CONSTRAINT attempts_test_id_learner_id_number_key UNIQUE (test_id, learner_id, number),
    CONSTRAINT attempts_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id),
    CONSTRAINT attempts_session_id_fkey FOREIGN KEY (session_id) REFERENCES live_sessions(id),
    CONSTRAINT attempts_test_id_fkey FOREIGN KEY (test_id) REFERENCES tests(id),
    CONSTRAINT attempts_allowance_check CHECK ((jsonb_typeof(allowance) = 'object'::text)),
    CONSTRAINT attempts_answered_count_check CHECK ((answered_count >= 0)),
    CONSTRAINT attempts_check CHECK ((points <= points_max)),
    CONSTRAINT attempts_check1 CHECK (((status = ANY (ARRAY['submitted'::text, 'graded'::text])) = (submitted_at IS NOT NULL))),
    CONSTRAINT attempts_check2 CHECK ((late_until >= deadline_at)),
    CONSTRAINT attempts_check3 CHECK ((num_nonnulls(part, part_first, part_last) = ANY (ARRAY[0, 3]))),
    CONSTRAINT attempts_check4 CHECK (((status <> 'paused'::text) OR (paused_at IS NOT NULL))),
    CONSTRAINT attempts_duration_ms_check CHECK ((duration_ms >= 0)),
    CONSTRAINT attempts_grade_revision_check CHECK ((grade_revision >= 0)),
    CONSTRAINT attempts_item_count_check CHECK ((item_count >= 0)),
    CONSTRAINT attempts_mode_check CHECK ((mode = ANY (ARRAY['exam'::text, 'mock'::text, 'practice'::text, 'review'::text, 'live'::text, 'adaptive'::text, 'placement'::text]))),
    CONSTRAINT attempts_number_check CHECK ((number >= 1)),
    CONSTRAINT attempts_part_check CHECK ((part >= 0)),
    CONSTRAINT attempts_paused_ms_check CHECK ((paused_ms >= 0)),
    CONSTRAINT attempts_percent_check CHECK (((percent >= (0)::double precision) AND (percent <= (100)::double precision))),
    CONSTRAINT attempts_points_check CHECK ((points >= (0)::double precision)),
    CONSTRAINT attempts_points_max_check CHECK ((points_max >= (0)::double precision)),
    CONSTRAINT attempts_points_open_check CHECK ((points_open >= (0)::double precision)),
    CONSTRAINT attempts_pte_scale CHECK (((profile !~~ 'pte-%'::text) OR (((overall >= 10) AND (overall <= 90)) AND ((speaking >= 10) AND (speaking <= 90)) AND ((writing >= 10) AND (writing <= 90)) AND ((reading >= 10) AND (reading <= 90)) AND ((listening >= 10) AND (listening <= 90)) AND ((pronunciation >= 10) AND (pronunciation <= 90)) AND ((fluency >= 10) AND (fluency <= 90)) AND ((content >= 10) AND (content <= 90)) AND ((grammar >= 10) AND (grammar <= 90)) AND ((spelling >= 10) AND (spelling <= 90)) AND ((vocabulary >= 10) AND (vocabulary <= 90)) AND ((discourse >= 10) AND (discourse <= 90))))),
    CONSTRAINT attempts_status_check CHECK ((status = ANY (ARRAY['created'::text, 'ready'::text, 'in_progress'::text, 'paused'::text, 'submitted'::text, 'graded'::text, 'abandoned'::text, 'voided'::text]))),
    CONSTRAINT attempts_submit_type_check CHECK ((submit_type = ANY (ARRAY['manual'::text, 'time_expired'::text, 'forced'::text, 'abandoned'::text])))
) WITH (fillfactor=85);
COMMENT ON TABLE attempts IS 'One learner working through one list of questions, in any mode; practice is a mode, not another table.';
COMMENT ON COLUMN attempts.policy IS 'The rules of the test as they were at the start.';
COMMENT ON COLUMN attempts.blueprint IS 'How a list without a test was drawn: topic ids, difficulty, count, seed.';
COMMENT ON COLUMN attempts.late_until IS 'Deadline plus the stated grace: until then an answer stamped before the deadline still counts.';
COMMENT ON COLUMN attempts.scores IS 'Detail only (topics, traits); whatever is filtered or sorted has a column.';
COMMENT ON COLUMN attempts.points_open IS 'Points of points_max that no rule can decide and nobody has evaluated yet; percent is of the rest.';
COMMENT ON COLUMN attempts.profile IS 'The scoring profile of the scaled scores, which are estimates; null for points and percent only.';
COMMENT ON COLUMN attempts.part IS 'Number of the part that is open, 0 before the first; null for attempts without parts. Only items part_first to part_last take answers.';
COMMENT ON COLUMN attempts.paused_at IS 'Since when nobody can answer; only while the status is paused.';
COMMENT ON COLUMN attempts.paused_ms IS 'All earlier pauses together; not part of the duration.';
COMMENT ON COLUMN attempts.allowance IS 'The accommodation it started under; null for none.';
COMMENT ON CONSTRAINT attempts_test_id_learner_id_number_key ON attempts IS 'Test page: my attempts at this test. Two starts in the same moment cannot both be the last allowed attempt.';
CREATE INDEX attempts_board ON public.attempts USING btree (test_id, percent DESC, id) INCLUDE (learner_id) WHERE (status = 'graded'::text);
COMMENT ON INDEX attempts_board IS 'Test report: the results of a test, best first.';
CREATE INDEX attempts_expiring ON public.attempts USING btree (late_until) WHERE (status = 'in_progress'::text);
COMMENT ON INDEX attempts_expiring IS 'The sweep that submits attempts whose browser never came back.';
CREATE INDEX attempts_history ON public.attempts USING btree (learner_id, created_at DESC, id DESC);
COMMENT ON INDEX attempts_history IS 'History page: a learner''s attempts, newest first, by keyset.';
CREATE INDEX attempts_of_session ON public.attempts USING btree (session_id) WHERE (session_id IS NOT NULL);
COMMENT ON INDEX attempts_of_session IS 'Live monitor: the attempts of one session.';
CREATE INDEX attempts_practised ON public.attempts USING btree (submitted_at DESC) WHERE ((status = 'graded'::text) AND (test_id IS NULL));
COMMENT ON INDEX attempts_practised IS 'Question page: how the question went in the newest practice.';
CREATE INDEX attempts_scaled_board ON public.attempts USING btree (profile, overall DESC, id) INCLUDE (learner_id) WHERE (overall IS NOT NULL);
COMMENT ON INDEX attempts_scaled_board IS 'Score reports of a profile, best first; regrading under another profile.';

CREATE TABLE bookmarks (
    user_id uuid NOT NULL,
    question_id integer NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT bookmarks_pkey PRIMARY KEY (user_id, question_id),
    CONSTRAINT bookmarks_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id) ON DELETE CASCADE,
    CONSTRAINT bookmarks_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);

CREATE TABLE bulk_changes (
    id uuid NOT NULL,
    changed_by uuid NOT NULL,
    change text NOT NULL,
    value text NOT NULL,
    before jsonb NOT NULL,
    test_id uuid,
    summary text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    undone_at timestamp with time zone,
    CONSTRAINT bulk_changes_pkey PRIMARY KEY (id),
    CONSTRAINT bulk_changes_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT bulk_changes_test_id_fkey FOREIGN KEY (test_id) REFERENCES tests(id) ON DELETE CASCADE,
    CONSTRAINT bulk_changes_before_check CHECK ((jsonb_typeof(before) = 'array'::text)),
    CONSTRAINT bulk_changes_change_check CHECK ((change = ANY (ARRAY['status'::text, 'topic'::text, 'difficulty'::text, 'add_tag'::text, 'remove_tag'::text, 'add_to_test'::text])))
);
COMMENT ON TABLE bulk_changes IS 'One change of many questions from the question bank, with what they were before: undo reads it.';
COMMENT ON COLUMN bulk_changes.before IS 'One object per question that changed: its id, and the value the change replaced.';
CREATE INDEX bulk_changes_of_author ON public.bulk_changes USING btree (changed_by, created_at DESC);
COMMENT ON INDEX bulk_changes_of_author IS 'Question bank: the change that can be undone. Housekeeping: changes too old to be undone.';

CREATE TABLE calibration_runs (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    question_id integer NOT NULL,
    from_at timestamp with time zone NOT NULL,
    to_at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    learners integer NOT NULL,
    mean_score double precision NOT NULL,
    points double precision NOT NULL,
    standard_error double precision NOT NULL,
    method text NOT NULL,
    infit double precision,
    outfit double precision,
    settled boolean NOT NULL,
    drift boolean NOT NULL DEFAULT false,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT calibration_runs_pkey PRIMARY KEY (id),
    CONSTRAINT calibration_runs_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id) ON DELETE CASCADE,
    CONSTRAINT calibration_runs_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT calibration_runs_learners_check CHECK ((learners >= 0)),
    CONSTRAINT calibration_runs_method_check CHECK ((method = ANY (ARRAY['elo'::text, 'mml'::text])))
);
COMMENT ON TABLE calibration_runs IS 'Every night: how hard each question was found to be, by the running ratings (elo) and by an item response model over all answers (mml).';
COMMENT ON COLUMN calibration_runs.points IS 'Rating points; 1500 is average.';
COMMENT ON COLUMN calibration_runs.drift IS 'The two methods disagree by more than two standard errors.';
CREATE INDEX calibration_runs_of_question ON public.calibration_runs USING btree (question_id, id DESC);
COMMENT ON INDEX calibration_runs_of_question IS 'Calibration page: the newest run of each question.';

CREATE TABLE card_imports (
    id uuid NOT NULL,
    learner_id uuid NOT NULL,
    file_name text NOT NULL,
    content bytea,
    added integer,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    committed_at timestamp with time zone,
    CONSTRAINT card_imports_pkey PRIMARY KEY (id),
    CONSTRAINT card_imports_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT card_imports_check CHECK (((committed_at IS NULL) = (added IS NULL))),
    CONSTRAINT card_imports_file_name_check CHECK ((length(file_name) <= 300))
);
COMMENT ON TABLE card_imports IS 'Files of cards that wait for their learner to say yes; the content goes when they have, or after a week.';
CREATE INDEX card_imports_of_learner ON public.card_imports USING btree (learner_id, id DESC);
COMMENT ON INDEX card_imports_of_learner IS 'Removing an account, and old files when a new one comes.';

CREATE TABLE card_reviews (
    card_id bigint NOT NULL,
    number integer NOT NULL,
    learner_id uuid NOT NULL,
    source text NOT NULL,
    recall smallint NOT NULL,
    suggested smallint,
    at timestamp with time zone NOT NULL,
    day_starts_min smallint NOT NULL,
    scheme_id bigint NOT NULL,
    state text NOT NULL,
    retrievability double precision NOT NULL,
    elapsed_ms bigint,
    response_sequence bigint,
    attempt_id uuid,
    "position" smallint,
    request_id uuid,
    undone_at timestamp with time zone,
    CONSTRAINT card_reviews_pkey PRIMARY KEY (card_id, number),
    CONSTRAINT card_reviews_card_id_request_id_key UNIQUE (card_id, request_id),
    CONSTRAINT card_reviews_response_sequence_key UNIQUE (response_sequence),
    CONSTRAINT card_reviews_card_id_fkey FOREIGN KEY (card_id) REFERENCES review_cards(id) ON DELETE CASCADE,
    CONSTRAINT card_reviews_scheme_id_fkey FOREIGN KEY (scheme_id) REFERENCES review_schemes(id) ON DELETE CASCADE,
    CONSTRAINT card_reviews_check CHECK (((attempt_id IS NULL) = ("position" IS NULL))),
    CONSTRAINT card_reviews_day_starts_min_check CHECK (((day_starts_min >= '-2880'::integer) AND (day_starts_min <= 2880))),
    CONSTRAINT card_reviews_elapsed_ms_check CHECK ((elapsed_ms >= 0)),
    CONSTRAINT card_reviews_number_check CHECK ((number >= 1)),
    CONSTRAINT card_reviews_recall_check CHECK (((recall >= 1) AND (recall <= 4))),
    CONSTRAINT card_reviews_retrievability_check CHECK (((retrievability >= (0)::double precision) AND (retrievability <= (1)::double precision))),
    CONSTRAINT card_reviews_source_check CHECK ((source = ANY (ARRAY['answer'::text, 'deck'::text, 'import'::text]))),
    CONSTRAINT card_reviews_state_check CHECK ((state = ANY (ARRAY['new'::text, 'learning'::text, 'review'::text, 'relearning'::text]))),
    CONSTRAINT card_reviews_suggested_check CHECK (((suggested >= 1) AND (suggested <= 4)))
);
COMMENT ON TABLE card_reviews IS 'Append-only: every review of every card, numbered under the card''s row lock. A card''s schedule is what replaying those that are not undone gives.';
COMMENT ON COLUMN card_reviews.at IS 'When it was reviewed; in a replay never before the review before it.';
COMMENT ON COLUMN card_reviews.day_starts_min IS 'When the learner''s day began then, in minutes after midnight UTC.';
COMMENT ON COLUMN card_reviews.state IS 'Of the card before the review.';
COMMENT ON COLUMN card_reviews.retrievability IS 'The chance of recall that was predicted; 0 for a new card.';
COMMENT ON COLUMN card_reviews.response_sequence IS 'The logged answer this was made of.';
COMMENT ON COLUMN card_reviews.request_id IS 'Chosen by the client, so that sending twice counts once.';
COMMENT ON COLUMN card_reviews.undone_at IS 'Does not count: taken back, or the learner rated the same answer themselves.';
CREATE INDEX card_reviews_lately ON public.card_reviews USING brin (at);
COMMENT ON INDEX card_reviews_lately IS 'Schedule that fits weights: who reviewed lately.';
CREATE INDEX card_reviews_of_learner ON public.card_reviews USING btree (learner_id, at DESC);
COMMENT ON INDEX card_reviews_of_learner IS 'Review page: what was done today, the last review to undo, the charts; fitting the weights.';
CREATE INDEX card_reviews_of_scheme ON public.card_reviews USING btree (scheme_id);
COMMENT ON INDEX card_reviews_of_scheme IS 'Removing the schemes of an account.';

CREATE TABLE cards_mapped (
    only_row boolean NOT NULL DEFAULT true,
    mapped_to bigint NOT NULL,
    CONSTRAINT cards_mapped_pkey PRIMARY KEY (only_row),
    CONSTRAINT cards_mapped_only_row_check CHECK (only_row)
);
COMMENT ON TABLE cards_mapped IS 'The last logged answer that was looked at for cards. What became of it is in card_reviews and is never decided again, not even by a rebuild.';

CREATE TABLE class_members (
    class_id uuid NOT NULL,
    learner_id uuid NOT NULL,
    joined_by text NOT NULL,
    joined_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT class_members_pkey PRIMARY KEY (class_id, learner_id),
    CONSTRAINT class_members_class_id_fkey FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE,
    CONSTRAINT class_members_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id),
    CONSTRAINT class_members_joined_by_check CHECK ((joined_by = ANY (ARRAY['code'::text, 'roster'::text, 'teacher'::text])))
);
CREATE INDEX class_members_of_learner ON public.class_members USING btree (learner_id);
COMMENT ON INDEX class_members_of_learner IS 'Classes page of a learner; whether somebody may join a session.';

CREATE TABLE class_roster (
    class_id uuid NOT NULL,
    normalized_email text NOT NULL,
    name text NOT NULL DEFAULT ''::text,
    added_at timestamp with time zone NOT NULL DEFAULT now(),
    invited_at timestamp with time zone,
    CONSTRAINT class_roster_pkey PRIMARY KEY (class_id, normalized_email),
    CONSTRAINT class_roster_class_id_fkey FOREIGN KEY (class_id) REFERENCES classes(id) ON DELETE CASCADE,
    CONSTRAINT class_roster_name_check CHECK ((length(name) <= 120)),
    CONSTRAINT class_roster_normalized_email_check CHECK (((normalized_email = upper(normalized_email)) AND (length(normalized_email) <= 254)))
);
COMMENT ON TABLE class_roster IS 'People a teacher has listed who have no account yet; they become members when they have one.';
COMMENT ON COLUMN class_roster.invited_at IS 'When they were last asked by mail to sign up; null for never.';
CREATE INDEX class_roster_of_email ON public.class_roster USING btree (normalized_email);
COMMENT ON INDEX class_roster_of_email IS 'Classes page of a learner: which lists they are on.';

CREATE TABLE classes (
    id uuid NOT NULL,
    teacher_id uuid NOT NULL,
    name text NOT NULL,
    description text NOT NULL DEFAULT ''::text,
    status text NOT NULL DEFAULT 'active'::text,
    join_code text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    archived_at timestamp with time zone,
    CONSTRAINT classes_pkey PRIMARY KEY (id),
    CONSTRAINT classes_join_code_key UNIQUE (join_code),
    CONSTRAINT classes_teacher_id_fkey FOREIGN KEY (teacher_id) REFERENCES users(id),
    CONSTRAINT classes_check CHECK (((status = 'archived'::text) = (archived_at IS NOT NULL))),
    CONSTRAINT classes_description_check CHECK ((length(description) <= 2000)),
    CONSTRAINT classes_join_code_check CHECK ((join_code ~ '^[A-Z2-9]{8}$'::text)),
    CONSTRAINT classes_name_check CHECK (((name <> ''::text) AND (length(name) <= 120))),
    CONSTRAINT classes_status_check CHECK ((status = ANY (ARRAY['active'::text, 'archived'::text])))
);
COMMENT ON TABLE classes IS 'Learners a teacher works with. Never deleted: sessions and attempts belong to them; archived instead.';
COMMENT ON COLUMN classes.join_code IS 'Whoever knows it may join; null while nobody may.';
CREATE INDEX classes_of_teacher ON public.classes USING btree (teacher_id, status, name);
COMMENT ON INDEX classes_of_teacher IS 'Classes page of a teacher.';

CREATE TABLE credit_accounts (
    user_id uuid NOT NULL,
    account text NOT NULL,
    balance bigint NOT NULL,
    CONSTRAINT credit_accounts_pkey PRIMARY KEY (user_id, account),
    CONSTRAINT credit_accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES credit_wallets(user_id),
    CONSTRAINT credit_accounts_account_check CHECK ((account = ANY (ARRAY['issued'::text, 'daily'::text, 'extra'::text, 'held'::text, 'spent'::text, 'expired'::text]))),
    CONSTRAINT credit_accounts_check CHECK (
CASE account
    WHEN 'issued'::text THEN (balance <= 0)
    ELSE (balance >= 0)
END)
) WITH (fillfactor=70);
COMMENT ON TABLE credit_accounts IS 'The sum of the entries of each account, kept by a trigger. Credits come from issued and can only be moved where they are: nobody can spend what they do not have.';
CREATE INDEX credit_accounts_held ON public.credit_accounts USING btree (user_id) WHERE ((account = 'held'::text) AND (balance > 0));
COMMENT ON INDEX credit_accounts_held IS 'The schedule that looks for reservations nobody ended.';
CREATE TRIGGER credit_accounts_kept BEFORE INSERT OR DELETE OR UPDATE ON public.credit_accounts FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION refuse_credit_change();

CREATE TABLE credit_caps (
    id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    team_id uuid,
    credits integer NOT NULL,
    set_by uuid,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT credit_caps_pkey PRIMARY KEY (id),
    CONSTRAINT credit_caps_team_id_key UNIQUE NULLS NOT DISTINCT (team_id),
    CONSTRAINT credit_caps_set_by_fkey FOREIGN KEY (set_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT credit_caps_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE,
    CONSTRAINT credit_caps_credits_check CHECK ((credits >= 0))
);
COMMENT ON TABLE credit_caps IS 'How many credits a team, or with no team the whole server, may use in a calendar month (UTC). Locked while a reservation is counted against it.';

CREATE TABLE credit_entries (
    transfer_id uuid NOT NULL,
    account text NOT NULL,
    amount integer NOT NULL,
    CONSTRAINT credit_entries_pkey PRIMARY KEY (transfer_id, account),
    CONSTRAINT credit_entries_transfer_id_fkey FOREIGN KEY (transfer_id) REFERENCES credit_transfers(id),
    CONSTRAINT credit_entries_account_check CHECK ((account = ANY (ARRAY['issued'::text, 'daily'::text, 'extra'::text, 'held'::text, 'spent'::text, 'expired'::text]))),
    CONSTRAINT credit_entries_amount_check CHECK ((amount <> 0))
);
COMMENT ON TABLE credit_entries IS 'What a transfer takes from each account of its person (negative) and puts into each: together nothing.';
CREATE CONSTRAINT TRIGGER credit_entries_balanced AFTER INSERT ON public.credit_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_credit_transfer();
CREATE TRIGGER credit_entries_kept BEFORE DELETE OR UPDATE ON public.credit_entries FOR EACH ROW EXECUTE FUNCTION refuse_credit_change();
CREATE TRIGGER credit_entries_posted AFTER INSERT ON public.credit_entries FOR EACH ROW EXECUTE FUNCTION post_credit_entry();

CREATE TABLE credit_months (
    user_id uuid NOT NULL,
    month date NOT NULL,
    usage_type text NOT NULL,
    reserved bigint NOT NULL DEFAULT 0,
    spent bigint NOT NULL DEFAULT 0,
    evaluations bigint NOT NULL DEFAULT 0,
    cost_micros bigint NOT NULL DEFAULT 0,
    CONSTRAINT credit_months_pkey PRIMARY KEY (user_id, month, usage_type),
    CONSTRAINT credit_months_user_id_fkey FOREIGN KEY (user_id) REFERENCES credit_wallets(user_id),
    CONSTRAINT credit_months_cost_micros_check CHECK ((cost_micros >= 0)),
    CONSTRAINT credit_months_evaluations_check CHECK ((evaluations >= 0)),
    CONSTRAINT credit_months_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
    CONSTRAINT credit_months_reserved_check CHECK ((reserved >= 0)),
    CONSTRAINT credit_months_spent_check CHECK ((spent >= 0))
) WITH (fillfactor=70);
COMMENT ON TABLE credit_months IS 'Use of credits per person, calendar month (UTC) in which they were reserved, and type; kept by a trigger. Caps and the report of administrators add it up.';
CREATE INDEX credit_months_of_month ON public.credit_months USING btree (month, user_id) INCLUDE (usage_type, reserved, spent, evaluations, cost_micros);
COMMENT ON INDEX credit_months_of_month IS 'What the whole server used in a month.';
CREATE TRIGGER credit_months_kept BEFORE INSERT OR DELETE OR UPDATE ON public.credit_months FOR EACH ROW WHEN ((pg_trigger_depth() = 0)) EXECUTE FUNCTION refuse_credit_change();

CREATE TABLE credit_transfers (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    request_id uuid,
    usage_type text,
    credits integer NOT NULL,
    cost_micros bigint,
    day date NOT NULL,
    level text,
    reason text NOT NULL DEFAULT ''::text,
    by_id uuid,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT credit_transfers_pkey PRIMARY KEY (id),
    CONSTRAINT credit_transfers_by_id_fkey FOREIGN KEY (by_id) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT credit_transfers_user_id_fkey FOREIGN KEY (user_id) REFERENCES credit_wallets(user_id),
    CONSTRAINT credit_transfers_check CHECK (((kind = ANY (ARRAY['reserve'::text, 'settle'::text, 'refund'::text])) = (request_id IS NOT NULL))),
    CONSTRAINT credit_transfers_check1 CHECK (((request_id IS NOT NULL) = (usage_type IS NOT NULL))),
    CONSTRAINT credit_transfers_check2 CHECK (((kind = 'settle'::text) = (cost_micros IS NOT NULL))),
    CONSTRAINT credit_transfers_check3 CHECK (((kind = 'daily'::text) = (level IS NOT NULL))),
    CONSTRAINT credit_transfers_check4 CHECK (((kind <> ALL (ARRAY['gift'::text, 'withdrawal'::text])) OR (reason <> ''::text))),
    CONSTRAINT credit_transfers_cost_micros_check CHECK ((cost_micros >= 0)),
    CONSTRAINT credit_transfers_credits_check CHECK ((credits >= 0)),
    CONSTRAINT credit_transfers_kind_check CHECK ((kind = ANY (ARRAY['daily'::text, 'unlimited'::text, 'gift'::text, 'withdrawal'::text, 'reserve'::text, 'settle'::text, 'refund'::text, 'expire'::text]))),
    CONSTRAINT credit_transfers_level_check CHECK ((level = ANY (ARRAY['free'::text, 'pro'::text, 'premium'::text]))),
    CONSTRAINT credit_transfers_reason_check CHECK ((length(reason) <= 500)),
    CONSTRAINT credit_transfers_usage_type_check CHECK ((usage_type = ANY (ARRAY['writing'::text, 'speaking'::text, 'prompt'::text, 'code'::text])))
);
COMMENT ON TABLE credit_transfers IS 'Every movement of credits, never changed. What a person used is what was settled.';
COMMENT ON COLUMN credit_transfers.request_id IS 'The evaluation that is paid for.';
COMMENT ON COLUMN credit_transfers.cost_micros IS 'What the provider charged, in millionths of the configured currency.';
COMMENT ON COLUMN credit_transfers.day IS 'The local day of the wallet: daily credits of a day that is over do not come back.';
CREATE UNIQUE INDEX credit_transfers_daily ON public.credit_transfers USING btree (user_id, day, level) WHERE (kind = 'daily'::text);
COMMENT ON INDEX credit_transfers_daily IS 'Daily credits are given once for a day and level.';
CREATE UNIQUE INDEX credit_transfers_ended ON public.credit_transfers USING btree (request_id) WHERE (kind = ANY (ARRAY['settle'::text, 'refund'::text]));
COMMENT ON INDEX credit_transfers_ended IS 'A reservation ends once, settled or refunded.';
CREATE INDEX credit_transfers_of_user ON public.credit_transfers USING btree (user_id, created_at DESC, id DESC) INCLUDE (kind, usage_type, credits, cost_micros);
COMMENT ON INDEX credit_transfers_of_user IS 'Credits page: what a person was given and used, newest first, of one type or all.';
CREATE UNIQUE INDEX credit_transfers_reserved ON public.credit_transfers USING btree (request_id) WHERE (kind = 'reserve'::text);
COMMENT ON INDEX credit_transfers_reserved IS 'A request reserves once.';
CREATE CONSTRAINT TRIGGER credit_transfers_balanced AFTER INSERT ON public.credit_transfers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_credit_transfer();
CREATE TRIGGER credit_transfers_counted AFTER INSERT ON public.credit_transfers FOR EACH ROW WHEN ((new.request_id IS NOT NULL)) EXECUTE FUNCTION count_credit_transfer();
CREATE TRIGGER credit_transfers_kept BEFORE DELETE OR UPDATE OF id, user_id, kind, request_id, usage_type, credits, cost_micros, day, level, reason, created_at ON public.credit_transfers FOR EACH ROW EXECUTE FUNCTION refuse_credit_change();

CREATE TABLE credit_wallets (
    user_id uuid NOT NULL,
    day date,
    day_started_at timestamp with time zone,
    CONSTRAINT credit_wallets_pkey PRIMARY KEY (user_id),
    CONSTRAINT credit_wallets_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
    CONSTRAINT credit_wallets_check CHECK (((day IS NULL) = (day_started_at IS NULL)))
) WITH (fillfactor=70);
COMMENT ON TABLE credit_wallets IS 'One row per person, locked by whoever moves their credits.';
COMMENT ON COLUMN credit_wallets.day IS 'The last local day for which daily credits were given; it never goes back, whatever the time zone is set to.';
COMMENT ON COLUMN credit_wallets.day_started_at IS 'When that day began. The next begins at a local midnight, but at least 23 hours later.';

CREATE TABLE daily_progress (
    learner_id uuid NOT NULL,
    day date NOT NULL,
    topic_id integer NOT NULL,
    answers integer NOT NULL,
    correct integer NOT NULL,
    score_sum double precision NOT NULL,
    study_ms bigint NOT NULL,
    ability double precision NOT NULL,
    deviation double precision NOT NULL,
    CONSTRAINT daily_progress_pkey PRIMARY KEY (learner_id, day, topic_id)
) WITH (fillfactor=85);
COMMENT ON TABLE daily_progress IS 'One row per learner, active day and topic (0 = all): answers, study time, and the ability at the end of the day.';

CREATE TABLE data_protection_keys (
    name text NOT NULL,
    xml text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT data_protection_keys_pkey PRIMARY KEY (name)
);
COMMENT ON TABLE data_protection_keys IS 'ASP.NET Data Protection key ring, so that cookies outlive a restart and hold on every node.';

CREATE TABLE deck_settings (
    learner_id uuid NOT NULL,
    scheme_id bigint NOT NULL,
    new_per_day integer NOT NULL DEFAULT 20,
    reviews_per_day integer NOT NULL DEFAULT 200,
    minutes_per_day integer,
    catch_up_until date,
    catch_up_per_day integer,
    vacation_from date,
    vacation_to date,
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT deck_settings_pkey PRIMARY KEY (learner_id),
    CONSTRAINT deck_settings_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT deck_settings_scheme_id_fkey FOREIGN KEY (scheme_id) REFERENCES review_schemes(id) ON DELETE CASCADE,
    CONSTRAINT deck_settings_catch_up_per_day_check CHECK (((catch_up_per_day >= 1) AND (catch_up_per_day <= 10000))),
    CONSTRAINT deck_settings_check CHECK (((vacation_from IS NULL) = (vacation_to IS NULL))),
    CONSTRAINT deck_settings_check1 CHECK ((vacation_to >= vacation_from)),
    CONSTRAINT deck_settings_check2 CHECK (((catch_up_until IS NULL) = (catch_up_per_day IS NULL))),
    CONSTRAINT deck_settings_minutes_per_day_check CHECK (((minutes_per_day >= 1) AND (minutes_per_day <= 1440))),
    CONSTRAINT deck_settings_new_per_day_check CHECK (((new_per_day >= 0) AND (new_per_day <= 1000))),
    CONSTRAINT deck_settings_reviews_per_day_check CHECK (((reviews_per_day >= 1) AND (reviews_per_day <= 10000)))
);
COMMENT ON TABLE deck_settings IS 'How much of the deck a learner does on a day. Without a row the defaults hold.';
COMMENT ON COLUMN deck_settings.minutes_per_day IS 'Limits the reviews of a day by the time one takes this learner; null for no such limit.';
COMMENT ON COLUMN deck_settings.catch_up_per_day IS 'While a backlog is worked off: reviews a day until the day named.';
CREATE INDEX deck_settings_of_scheme ON public.deck_settings USING btree (scheme_id);
COMMENT ON INDEX deck_settings_of_scheme IS 'Removing the schemes of an account.';

CREATE TABLE evaluated_answers (
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    evaluator text NOT NULL,
    by_name text NOT NULL,
    traits jsonb NOT NULL,
    decided_at timestamp with time zone NOT NULL,
    CONSTRAINT evaluated_answers_pkey PRIMARY KEY (attempt_id, "position"),
    CONSTRAINT evaluated_answers_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE,
    CONSTRAINT evaluated_answers_by_name_check CHECK ((by_name <> ''::text)),
    CONSTRAINT evaluated_answers_evaluator_check CHECK ((evaluator = ANY (ARRAY['local'::text, 'model'::text, 'teacher'::text]))),
    CONSTRAINT evaluated_answers_position_check CHECK (("position" >= 1)),
    CONSTRAINT evaluated_answers_traits_check CHECK ((jsonb_typeof(traits) = 'array'::text))
) WITH (fillfactor=80);
COMMENT ON TABLE evaluated_answers IS 'The one judgement of a free answer that counts; grading reads it, so a regrade keeps what evaluators gave. What others recommended is in evaluations and marks.';
COMMENT ON COLUMN evaluated_answers.by_name IS 'Shown to the learner: the program with its version, or the teacher.';
COMMENT ON COLUMN evaluated_answers.traits IS 'As in answers.traits, only those the evaluator judged.';

CREATE TABLE evaluation_turns (
    evaluator text NOT NULL,
    learner_id uuid NOT NULL,
    served_at timestamp with time zone NOT NULL,
    CONSTRAINT evaluation_turns_pkey PRIMARY KEY (evaluator, learner_id),
    CONSTRAINT evaluation_turns_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id) ON DELETE CASCADE
) WITH (fillfactor=70);
COMMENT ON TABLE evaluation_turns IS 'When a learner''s answer was last taken from the queue: whoever waited longest comes next, however many answers another has in it.';

CREATE TABLE evaluations (
    id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    learner_id uuid NOT NULL,
    question_version_id integer NOT NULL,
    profile text NOT NULL DEFAULT ''::text,
    evaluator text NOT NULL,
    usage_type text NOT NULL,
    requested_by uuid,
    status text NOT NULL DEFAULT 'waiting'::text,
    run_at timestamp with time zone NOT NULL DEFAULT now(),
    tries integer NOT NULL DEFAULT 0,
    locked_until timestamp with time zone,
    last_error text,
    notice text,
    verdict jsonb,
    by_name text,
    input_tokens integer,
    output_tokens integer,
    cost_micros bigint,
    elapsed_ms integer,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    done_at timestamp with time zone,
    CONSTRAINT evaluations_pkey PRIMARY KEY (id),
    CONSTRAINT evaluations_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE,
    CONSTRAINT evaluations_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id),
    CONSTRAINT evaluations_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES users(id),
    CONSTRAINT evaluations_check CHECK (((status = 'done'::text) = (verdict IS NOT NULL))),
    CONSTRAINT evaluations_check1 CHECK (((status = ANY (ARRAY['done'::text, 'failed'::text])) = (done_at IS NOT NULL))),
    CONSTRAINT evaluations_check2 CHECK (((status = 'running'::text) = (locked_until IS NOT NULL))),
    CONSTRAINT evaluations_cost_micros_check CHECK ((cost_micros >= 0)),
    CONSTRAINT evaluations_elapsed_ms_check CHECK ((elapsed_ms >= 0)),
    CONSTRAINT evaluations_evaluator_check CHECK ((evaluator = ANY (ARRAY['local'::text, 'model'::text]))),
    CONSTRAINT evaluations_input_tokens_check CHECK ((input_tokens >= 0)),
    CONSTRAINT evaluations_output_tokens_check CHECK ((output_tokens >= 0)),
    CONSTRAINT evaluations_position_check CHECK (("position" >= 1)),
    CONSTRAINT evaluations_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'running'::text, 'held'::text, 'done'::text, 'failed'::text]))),
    CONSTRAINT evaluations_tries_check CHECK ((tries >= 0)),
    CONSTRAINT evaluations_usage_type_check CHECK ((usage_type = ANY (ARRAY['writing'::text, 'speaking'::text, 'prompt'::text, 'code'::text])))
) WITH (fillfactor=70);
COMMENT ON TABLE evaluations IS 'One program judges one answer: the queue, and afterwards the record of it. A row is taken with a lease, so what a lost server had begun is begun again.';
COMMENT ON COLUMN evaluations.profile IS 'The scoring profile whose traits were asked for; empty where the question''s own rubric counts.';
COMMENT ON COLUMN evaluations.requested_by IS 'Who asked for it and pays; null for what happens by itself.';
COMMENT ON COLUMN evaluations.notice IS 'Told to the learner: why it waits, or what happened instead.';
COMMENT ON COLUMN evaluations.cost_micros IS 'What the provider charges, in millionths of the configured currency.';
CREATE INDEX evaluations_failed ON public.evaluations USING btree (done_at DESC) WHERE (status = 'failed'::text);
COMMENT ON INDEX evaluations_failed IS 'Operators: what went wrong lately.';
CREATE INDEX evaluations_held ON public.evaluations USING btree (created_at) WHERE (status = 'held'::text);
COMMENT ON INDEX evaluations_held IS 'The schedule that lets go what waited for a spending cap.';
CREATE INDEX evaluations_of_learner ON public.evaluations USING btree (learner_id, created_at DESC);
COMMENT ON INDEX evaluations_of_learner IS 'A learner''s evaluations, newest first.';
CREATE UNIQUE INDEX evaluations_once ON public.evaluations USING btree (attempt_id, "position", evaluator, question_version_id, profile) WHERE (status <> 'failed'::text);
COMMENT ON INDEX evaluations_once IS 'The same answer is judged once by each evaluator under the same rubric, however often it is asked for. Feedback page: what was said of an answer.';
CREATE INDEX evaluations_waiting ON public.evaluations USING btree (evaluator, learner_id, run_at, id) WHERE (status = ANY (ARRAY['waiting'::text, 'running'::text]));
COMMENT ON INDEX evaluations_waiting IS 'Workers: the oldest evaluation of each learner that is due. Operators: depth and age of the queue.';

CREATE TABLE external_references (
    source text NOT NULL,
    scope text NOT NULL DEFAULT ''::text,
    external_id text NOT NULL,
    test_id uuid,
    question_id integer,
    source_file text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT external_references_pkey PRIMARY KEY (source, scope, external_id),
    CONSTRAINT external_references_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id) ON DELETE CASCADE,
    CONSTRAINT external_references_test_id_fkey FOREIGN KEY (test_id) REFERENCES tests(id) ON DELETE CASCADE,
    CONSTRAINT external_references_check CHECK ((num_nonnulls(test_id, question_id) = 1))
);
COMMENT ON TABLE external_references IS 'Which of our rows a foreign id means: source is the format, scope the exam a question id is unique in (empty for exams).';
CREATE INDEX external_references_of_question ON public.external_references USING btree (question_id) WHERE (question_id IS NOT NULL);
COMMENT ON INDEX external_references_of_question IS 'Question page: where it came from.';
CREATE INDEX external_references_of_test ON public.external_references USING btree (test_id) WHERE (test_id IS NOT NULL);
COMMENT ON INDEX external_references_of_test IS 'Test page: where it came from.';
CREATE TRIGGER external_references_touch BEFORE UPDATE ON public.external_references FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE folds (
    name text NOT NULL,
    "position" bigint NOT NULL DEFAULT 0,
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT folds_pkey PRIMARY KEY (name)
);
COMMENT ON TABLE folds IS 'How far each fold has read the responses. It moves in the transaction that writes what was computed, so that nothing is counted twice.';

CREATE TABLE fsrs_weights (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    learner_id uuid,
    version text NOT NULL DEFAULT 'fsrs-6'::text,
    weights double precision[] NOT NULL,
    reviews integer NOT NULL DEFAULT 0,
    reviews_seen integer NOT NULL DEFAULT 0,
    log_loss_before double precision,
    log_loss_after double precision,
    used boolean NOT NULL,
    fitted_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT fsrs_weights_pkey PRIMARY KEY (id),
    CONSTRAINT fsrs_weights_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT fsrs_weights_reviews_check CHECK ((reviews >= 0)),
    CONSTRAINT fsrs_weights_reviews_seen_check CHECK ((reviews_seen >= 0)),
    CONSTRAINT fsrs_weights_version_check CHECK ((version = 'fsrs-6'::text)),
    CONSTRAINT fsrs_weights_weights_check CHECK ((cardinality(weights) = 21))
);
COMMENT ON TABLE fsrs_weights IS 'Weights of the memory model: the published ones (no learner) and what was fitted to each learner''s own reviews. Never changed: reviews name the ones they were scheduled with.';
COMMENT ON COLUMN fsrs_weights.version IS 'The scheduler the weights are for. A later one is one more word here, and a branch where schedulers are made.';
COMMENT ON COLUMN fsrs_weights.reviews IS 'Reviews the fit could learn from: those a day or more after the one before.';
COMMENT ON COLUMN fsrs_weights.reviews_seen IS 'All reviews the learner had then; the next fit waits for enough more.';
COMMENT ON COLUMN fsrs_weights.used IS 'False when the fit did not predict better and was put aside.';
CREATE INDEX fsrs_weights_of_learner ON public.fsrs_weights USING btree (learner_id, id DESC);
COMMENT ON INDEX fsrs_weights_of_learner IS 'Deck settings: the last fits of a learner.';

CREATE TABLE graded_facts (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    attempt_id uuid NOT NULL,
    "position" smallint,
    cause text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT graded_facts_pkey PRIMARY KEY (id),
    CONSTRAINT graded_facts_cause_check CHECK ((cause = ANY (ARRAY['submission'::text, 'check'::text, 'regrade'::text, 'evaluation'::text])))
) WITH (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=2000);
COMMENT ON TABLE graded_facts IS 'Outbox: inserted in the transaction that graded, deleted by the one that logs. No foreign key, no index beside the key: it is written on every submission.';
COMMENT ON COLUMN graded_facts."position" IS 'The one answer that was graded; null for the whole attempt.';

CREATE TABLE grades (
    attempt_id uuid NOT NULL,
    revision integer NOT NULL,
    cause text NOT NULL,
    regrade_id uuid,
    points real NOT NULL,
    points_max real NOT NULL,
    percent real NOT NULL,
    passed boolean,
    graded_at timestamp with time zone NOT NULL DEFAULT now(),
    points_open real NOT NULL DEFAULT 0,
    profile text,
    scores jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT grades_pkey PRIMARY KEY (attempt_id, revision),
    CONSTRAINT grades_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE,
    CONSTRAINT grades_regrade_id_fkey FOREIGN KEY (regrade_id) REFERENCES regrades(id),
    CONSTRAINT grades_cause_check CHECK ((cause = ANY (ARRAY['submission'::text, 'regrade'::text, 'undo'::text, 'profile'::text, 'evaluation'::text]))),
    CONSTRAINT grades_percent_check CHECK (((percent >= (0)::double precision) AND (percent <= (100)::double precision))),
    CONSTRAINT grades_revision_check CHECK ((revision >= 1))
);
COMMENT ON TABLE grades IS 'Every result an attempt ever had, append-only; attempts carries the latest.';

CREATE TABLE import_batches (
    id uuid NOT NULL,
    created_by uuid NOT NULL,
    status text NOT NULL DEFAULT 'ready'::text,
    preview jsonb NOT NULL,
    result jsonb,
    files_total integer NOT NULL DEFAULT 0,
    files_done integer NOT NULL DEFAULT 0,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT import_batches_pkey PRIMARY KEY (id),
    CONSTRAINT import_batches_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT import_batches_files_done_check CHECK ((files_done >= 0)),
    CONSTRAINT import_batches_files_total_check CHECK ((files_total >= 0)),
    CONSTRAINT import_batches_preview_check CHECK ((jsonb_typeof(preview) = 'object'::text)),
    CONSTRAINT import_batches_result_check CHECK ((jsonb_typeof(result) = 'object'::text)),
    CONSTRAINT import_batches_status_check CHECK ((status = ANY (ARRAY['ready'::text, 'importing'::text, 'done'::text, 'failed'::text])))
);
COMMENT ON TABLE import_batches IS 'One upload: checked, looked at, then committed.';
CREATE INDEX import_batches_of_author ON public.import_batches USING btree (created_by, created_at DESC);
COMMENT ON INDEX import_batches_of_author IS 'Import page: my last imports.';
CREATE INDEX import_batches_running ON public.import_batches USING btree (id) WHERE (status = 'importing'::text);
COMMENT ON INDEX import_batches_running IS 'Start of the server: imports that were cut short.';
CREATE TRIGGER import_batches_touch BEFORE UPDATE ON public.import_batches FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE import_files (
    batch_id uuid NOT NULL,
    "position" integer NOT NULL,
    name text NOT NULL,
    content bytea NOT NULL,
    CONSTRAINT import_files_pkey PRIMARY KEY (batch_id, "position"),
    CONSTRAINT import_files_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES import_batches(id) ON DELETE CASCADE,
    CONSTRAINT import_files_name_check CHECK ((name <> ''::text)),
    CONSTRAINT import_files_position_check CHECK (("position" >= 1))
);
COMMENT ON TABLE import_files IS 'The uploaded files themselves; deleted when the import is done, or forgotten for a week.';

CREATE TABLE item_ratings (
    question_id integer NOT NULL,
    points double precision NOT NULL,
    deviation double precision NOT NULL,
    answers integer NOT NULL,
    updated_at_days double precision NOT NULL,
    version_id integer NOT NULL,
    CONSTRAINT item_ratings_pkey PRIMARY KEY (question_id)
) WITH (fillfactor=70);
COMMENT ON TABLE item_ratings IS 'How hard a question is, relative to its topic. No row: never answered, see ItemPrior.';

CREATE TABLE jobs (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    kind text NOT NULL,
    payload jsonb NOT NULL DEFAULT '{}'::jsonb,
    run_at timestamp with time zone NOT NULL DEFAULT now(),
    tries integer NOT NULL DEFAULT 0,
    locked_until timestamp with time zone,
    last_error text,
    done_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT jobs_pkey PRIMARY KEY (id),
    CONSTRAINT jobs_tries_check CHECK ((tries >= 0))
) WITH (fillfactor=80);
COMMENT ON TABLE jobs IS 'Facts on their way to the features that react to them; a worker takes them with FOR UPDATE SKIP LOCKED.';
CREATE INDEX jobs_waiting ON public.jobs USING btree (run_at, id) WHERE (done_at IS NULL);
COMMENT ON INDEX jobs_waiting IS 'The worker: the oldest job that is due. The jobs page: what waits.';

CREATE TABLE learner_items (
    learner_id uuid NOT NULL,
    question_id integer NOT NULL,
    answers integer NOT NULL,
    correct integer NOT NULL,
    last_correct boolean NOT NULL,
    last_score double precision NOT NULL,
    last_at timestamp with time zone NOT NULL,
    last_elapsed_ms bigint,
    CONSTRAINT learner_items_pkey PRIMARY KEY (learner_id, question_id)
) WITH (fillfactor=85);
COMMENT ON TABLE learner_items IS 'How a learner did at one question: mistakes, and what was answered lately.';

CREATE TABLE learner_skills (
    learner_id uuid NOT NULL,
    topic_id integer NOT NULL,
    points double precision NOT NULL,
    deviation double precision NOT NULL,
    answers integer NOT NULL,
    updated_at_days double precision NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    correct integer NOT NULL DEFAULT 0,
    score_sum double precision NOT NULL DEFAULT 0,
    recent double precision NOT NULL DEFAULT 0,
    elapsed_ms_sum bigint NOT NULL DEFAULT 0,
    elapsed_count integer NOT NULL DEFAULT 0,
    last_at timestamp with time zone,
    CONSTRAINT learner_skills_pkey PRIMARY KEY (learner_id, topic_id)
) WITH (fillfactor=80);
COMMENT ON TABLE learner_skills IS 'How able a learner is: one row for all topics together (topic 0), one per topic they answered in, and one for questions without a topic (-1).';
COMMENT ON COLUMN learner_skills.points IS 'Rating points: of topic 0 relative to 1500, of a topic relative to the learner''s own.';
COMMENT ON COLUMN learner_skills.recent IS 'Running mean of the scores in which the newest counts a fifth.';

CREATE TABLE live_actions (
    id uuid NOT NULL,
    session_id uuid NOT NULL,
    actor_id uuid,
    kind text NOT NULL,
    to_all boolean NOT NULL,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    at timestamp with time zone NOT NULL,
    CONSTRAINT live_actions_pkey PRIMARY KEY (id),
    CONSTRAINT live_actions_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES users(id),
    CONSTRAINT live_actions_session_id_fkey FOREIGN KEY (session_id) REFERENCES live_sessions(id),
    CONSTRAINT live_actions_details_check CHECK ((jsonb_typeof(details) = 'object'::text)),
    CONSTRAINT live_actions_kind_check CHECK ((kind = ANY (ARRAY['created'::text, 'edited'::text, 'opened'::text, 'started'::text, 'message'::text, 'paused'::text, 'resumed'::text, 'extra_time'::text, 'submitted'::text, 'removed'::text, 'readmitted'::text, 'completed'::text, 'cancelled'::text])))
);
COMMENT ON TABLE live_actions IS 'The audit trail of a session: everything a teacher, or the server in their place (no actor), did. Append-only.';
CREATE INDEX live_actions_of_session ON public.live_actions USING btree (session_id, at);
COMMENT ON INDEX live_actions_of_session IS 'Wall, timeline and audit trail of a session.';

CREATE TABLE live_events (
    session_id uuid NOT NULL,
    learner_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    "position" smallint,
    at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL DEFAULT now(),
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT live_events_pkey PRIMARY KEY (session_id, learner_id, id),
    CONSTRAINT live_events_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id),
    CONSTRAINT live_events_session_id_fkey FOREIGN KEY (session_id) REFERENCES live_sessions(id),
    CONSTRAINT live_events_details_check CHECK ((jsonb_typeof(details) = 'object'::text))
);
COMMENT ON TABLE live_events IS 'What a learner''s page reports, as evidence and not as a verdict, and when it came and went. Append-only; the page makes the ids, so that what is sent twice is kept once.';

CREATE TABLE live_participants (
    session_id uuid NOT NULL,
    learner_id uuid NOT NULL,
    attempt_id uuid,
    joined_at timestamp with time zone NOT NULL DEFAULT now(),
    removed_at timestamp with time zone,
    last_seen timestamp with time zone NOT NULL DEFAULT now(),
    state smallint NOT NULL DEFAULT 0,
    "position" smallint NOT NULL DEFAULT 0,
    answered smallint NOT NULL DEFAULT 0,
    CONSTRAINT live_participants_pkey PRIMARY KEY (session_id, learner_id),
    CONSTRAINT live_participants_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id),
    CONSTRAINT live_participants_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id),
    CONSTRAINT live_participants_session_id_fkey FOREIGN KEY (session_id) REFERENCES live_sessions(id),
    CONSTRAINT live_participants_state_check CHECK ((state = ANY (ARRAY[0, 1])))
) WITH (fillfactor=70, autovacuum_vacuum_scale_factor=0.05);
COMMENT ON TABLE live_participants IS 'Who takes part in a session. The last four columns come from memory, once a second, in one statement and without waiting for the disk; no index may name them.';
COMMENT ON COLUMN live_participants.state IS '0 disconnected, 1 connected; see also last_seen.';

CREATE TABLE live_receipts (
    action_id uuid NOT NULL,
    learner_id uuid NOT NULL,
    details jsonb,
    acknowledged_at timestamp with time zone,
    CONSTRAINT live_receipts_pkey PRIMARY KEY (action_id, learner_id),
    CONSTRAINT live_receipts_action_id_fkey FOREIGN KEY (action_id) REFERENCES live_actions(id),
    CONSTRAINT live_receipts_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id)
);
COMMENT ON TABLE live_receipts IS 'Whom an action concerns, and when their page said that it has shown it.';
COMMENT ON COLUMN live_receipts.details IS 'What it meant for this learner: their new deadline, for example.';

CREATE TABLE live_sessions (
    id uuid NOT NULL,
    class_id uuid NOT NULL,
    test_id uuid NOT NULL,
    created_by uuid NOT NULL,
    title text NOT NULL,
    status text NOT NULL DEFAULT 'scheduled'::text,
    scheduled_at timestamp with time zone,
    opens_before_ms bigint,
    time_limit_ms bigint,
    full_screen boolean NOT NULL DEFAULT false,
    opened_at timestamp with time zone,
    started_at timestamp with time zone,
    deadline_at timestamp with time zone,
    paused_at timestamp with time zone,
    completed_at timestamp with time zone,
    cancelled_at timestamp with time zone,
    revision integer NOT NULL DEFAULT 1,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT live_sessions_pkey PRIMARY KEY (id),
    CONSTRAINT live_sessions_class_id_fkey FOREIGN KEY (class_id) REFERENCES classes(id),
    CONSTRAINT live_sessions_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
    CONSTRAINT live_sessions_test_id_fkey FOREIGN KEY (test_id) REFERENCES tests(id),
    CONSTRAINT live_sessions_check CHECK (((status <> ALL (ARRAY['in_progress'::text, 'completed'::text])) OR (started_at IS NOT NULL))),
    CONSTRAINT live_sessions_check1 CHECK (((status = 'completed'::text) = (completed_at IS NOT NULL))),
    CONSTRAINT live_sessions_check2 CHECK (((status = 'cancelled'::text) = (cancelled_at IS NOT NULL))),
    CONSTRAINT live_sessions_check3 CHECK (((status <> 'cancelled'::text) OR (started_at IS NULL))),
    CONSTRAINT live_sessions_check4 CHECK (((paused_at IS NULL) OR (status = 'in_progress'::text))),
    CONSTRAINT live_sessions_check5 CHECK (((opens_before_ms IS NULL) OR (scheduled_at IS NOT NULL))),
    CONSTRAINT live_sessions_opens_before_ms_check CHECK (((opens_before_ms >= 0) AND (opens_before_ms <= 86400000))),
    CONSTRAINT live_sessions_status_check CHECK ((status = ANY (ARRAY['scheduled'::text, 'waiting_for_students'::text, 'in_progress'::text, 'completed'::text, 'cancelled'::text]))),
    CONSTRAINT live_sessions_time_limit_ms_check CHECK (((time_limit_ms >= 60000) AND (time_limit_ms <= 21600000))),
    CONSTRAINT live_sessions_title_check CHECK (((title <> ''::text) AND (length(title) <= 160)))
) WITH (fillfactor=70);
COMMENT ON TABLE live_sessions IS 'A test that a class sits together under one clock.';
COMMENT ON COLUMN live_sessions.opens_before_ms IS 'How long before scheduled_at the waiting room opens by itself; null: a teacher opens it.';
COMMENT ON COLUMN live_sessions.time_limit_ms IS 'Instead of the limit of the test; null for that of the test.';
COMMENT ON COLUMN live_sessions.full_screen IS 'Learners are asked to work in full screen, and leaving it is recorded.';
COMMENT ON COLUMN live_sessions.deadline_at IS 'The one clock of the session: its start and the limit, and all pauses and extra time for everybody; null for a test without a limit.';
COMMENT ON COLUMN live_sessions.revision IS 'Grows with every change; a page that edits names the one it has read.';
CREATE INDEX live_sessions_of_class ON public.live_sessions USING btree (class_id, scheduled_at DESC);
COMMENT ON INDEX live_sessions_of_class IS 'Page of a class.';
CREATE INDEX live_sessions_open ON public.live_sessions USING btree (created_by, scheduled_at) WHERE (status = ANY (ARRAY['scheduled'::text, 'waiting_for_students'::text, 'in_progress'::text]));
COMMENT ON INDEX live_sessions_open IS 'What is on: home of a teacher; sweep of sessions to open or to complete.';

CREATE TABLE marking_plans (
    test_id uuid NOT NULL,
    blind boolean NOT NULL DEFAULT false,
    second_percent smallint NOT NULL DEFAULT 0,
    tolerance real NOT NULL DEFAULT 1,
    changed_by uuid,
    changed_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT marking_plans_pkey PRIMARY KEY (test_id),
    CONSTRAINT marking_plans_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT marking_plans_test_id_fkey FOREIGN KEY (test_id) REFERENCES tests(id) ON DELETE CASCADE,
    CONSTRAINT marking_plans_second_percent_check CHECK (((second_percent >= 0) AND (second_percent <= 100))),
    CONSTRAINT marking_plans_tolerance_check CHECK (((tolerance >= (0)::double precision) AND (tolerance <= (1000)::double precision)))
);
COMMENT ON TABLE marking_plans IS 'How free answers of a test are marked; a test without a row is marked once and openly.';
COMMENT ON COLUMN marking_plans.blind IS 'Markers see neither the learner''s name nor what others gave or recommend.';
COMMENT ON COLUMN marking_plans.second_percent IS 'Share of the answers that two people mark independently; which ones is decided by a hash of the answer, so nobody can choose.';
COMMENT ON COLUMN marking_plans.tolerance IS 'By how many points of the whole answer two marks may differ and still be averaged.';

CREATE TABLE markings (
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    state text NOT NULL DEFAULT 'unmarked'::text,
    revision integer NOT NULL DEFAULT 0,
    traits jsonb,
    decided_at timestamp with time zone,
    CONSTRAINT markings_pkey PRIMARY KEY (attempt_id, "position"),
    CONSTRAINT markings_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE,
    CONSTRAINT markings_check CHECK (((state = 'decided'::text) = (traits IS NOT NULL))),
    CONSTRAINT markings_check1 CHECK (((state = 'decided'::text) = (decided_at IS NOT NULL))),
    CONSTRAINT markings_position_check CHECK (("position" >= 1)),
    CONSTRAINT markings_revision_check CHECK ((revision >= 0)),
    CONSTRAINT markings_state_check CHECK ((state = ANY (ARRAY['unmarked'::text, 'second'::text, 'disagree'::text, 'decided'::text]))),
    CONSTRAINT markings_traits_check CHECK ((jsonb_typeof(traits) = 'array'::text))
) WITH (fillfactor=80);
COMMENT ON TABLE markings IS 'Where the marking of an answer stands; an answer without a row is unmarked. Its row is locked while a mark is given.';
COMMENT ON COLUMN markings.revision IS 'Counts what was given, changed and withdrawn: a mark says which number it was made under.';
COMMENT ON COLUMN markings.traits IS 'What was decided, for every trait: the mark, the mean of two, or the third person''s decision.';
CREATE INDEX markings_decided ON public.markings USING btree (decided_at DESC) WHERE (state = 'decided'::text);
COMMENT ON INDEX markings_decided IS 'Agreement page: the latest decisions.';

CREATE TABLE marks (
    id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    marker_id uuid NOT NULL,
    part text NOT NULL,
    status text NOT NULL,
    traits jsonb NOT NULL,
    comments jsonb NOT NULL DEFAULT '[]'::jsonb,
    summary text NOT NULL DEFAULT ''::text,
    reason text NOT NULL DEFAULT ''::text,
    changed_at timestamp with time zone NOT NULL DEFAULT now(),
    given_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_by uuid,
    ended_because text,
    CONSTRAINT marks_pkey PRIMARY KEY (id),
    CONSTRAINT marks_attempt_id_position_fkey FOREIGN KEY (attempt_id, "position") REFERENCES markings(attempt_id, "position") ON DELETE CASCADE,
    CONSTRAINT marks_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES users(id),
    CONSTRAINT marks_marker_id_fkey FOREIGN KEY (marker_id) REFERENCES users(id),
    CONSTRAINT marks_check CHECK (((status = 'draft'::text) = (given_at IS NULL))),
    CONSTRAINT marks_check1 CHECK (((status = ANY (ARRAY['replaced'::text, 'withdrawn'::text])) = (ended_at IS NOT NULL))),
    CONSTRAINT marks_comments_check CHECK ((jsonb_typeof(comments) = 'array'::text)),
    CONSTRAINT marks_part_check CHECK ((part = ANY (ARRAY['first'::text, 'second'::text, 'decision'::text]))),
    CONSTRAINT marks_reason_check CHECK ((length(reason) <= 1000)),
    CONSTRAINT marks_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'given'::text, 'replaced'::text, 'withdrawn'::text]))),
    CONSTRAINT marks_summary_check CHECK ((length(summary) <= 4000)),
    CONSTRAINT marks_traits_check CHECK ((jsonb_typeof(traits) = 'array'::text))
) WITH (fillfactor=80);
COMMENT ON TABLE marks IS 'What teachers gave to an answer, with their comments. A given mark is never overwritten: it is replaced or withdrawn, and stays.';
COMMENT ON COLUMN marks.part IS 'First and second mark independently; a decision settles their disagreement, or changes what was decided.';
COMMENT ON COLUMN marks.traits IS '[{"name", "score", "max", "why"}]; a draft may leave scores out.';
COMMENT ON COLUMN marks.comments IS '[{"text", "place": {"unit", "start", "end", "quote"}}]: UTF-16 characters of the answer, or milliseconds of the recording.';
CREATE UNIQUE INDEX marks_drafts ON public.marks USING btree (attempt_id, "position", marker_id) WHERE (status = 'draft'::text);
COMMENT ON INDEX marks_drafts IS 'What somebody is writing: one draft for each person and answer.';
CREATE UNIQUE INDEX marks_given ON public.marks USING btree (attempt_id, "position", part) WHERE (status = 'given'::text);
COMMENT ON INDEX marks_given IS 'One mark of each part counts. Marking screen and feedback page.';

CREATE TABLE media (
    sha256 bytea NOT NULL,
    media_type text NOT NULL,
    byte_length integer NOT NULL,
    width integer,
    height integer,
    duration_ms integer,
    created_by uuid,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT media_pkey PRIMARY KEY (sha256),
    CONSTRAINT media_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT media_byte_length_check CHECK ((byte_length > 0)),
    CONSTRAINT media_duration_ms_check CHECK ((duration_ms >= 0)),
    CONSTRAINT media_height_check CHECK ((height > 0)),
    CONSTRAINT media_media_type_check CHECK ((media_type ~ '^(image|audio)/[a-z0-9.+-]+$'::text)),
    CONSTRAINT media_sha256_check CHECK ((length(sha256) = 32)),
    CONSTRAINT media_width_check CHECK ((width > 0))
);
COMMENT ON TABLE media IS 'What is in media_chunks: each content once, however often it is used.';
COMMENT ON COLUMN media.duration_ms IS 'Null for pictures, and for sounds that do not say.';

CREATE TABLE media_chunks (
    sha256 bytea NOT NULL,
    number integer NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT media_chunks_pkey PRIMARY KEY (sha256, number),
    CONSTRAINT media_chunks_sha256_fkey FOREIGN KEY (sha256) REFERENCES media(sha256) ON DELETE CASCADE,
    CONSTRAINT media_chunks_number_check CHECK ((number >= 0))
);
COMMENT ON TABLE media_chunks IS 'Content in pieces of 256 kB, so that a part of a sound is read without the rest.';

CREATE TABLE media_files (
    id uuid NOT NULL,
    sha256 bytea NOT NULL,
    title text NOT NULL,
    alt_text text NOT NULL DEFAULT ''::text,
    tags text[] NOT NULL DEFAULT '{}'::text[],
    created_by uuid,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT media_files_pkey PRIMARY KEY (id),
    CONSTRAINT media_files_sha256_key UNIQUE (sha256),
    CONSTRAINT media_files_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT media_files_sha256_fkey FOREIGN KEY (sha256) REFERENCES media(sha256),
    CONSTRAINT media_files_alt_text_check CHECK ((length(alt_text) <= 2000)),
    CONSTRAINT media_files_title_check CHECK (((title <> ''::text) AND (length(title) <= 200)))
);
COMMENT ON TABLE media_files IS 'The authors'' library. Only what is in it is served at /media; recordings are not.';
CREATE INDEX media_files_newest ON public.media_files USING btree (created_at DESC, id DESC);
COMMENT ON INDEX media_files_newest IS 'Media library: newest first, by keyset.';
CREATE TRIGGER media_files_touch BEFORE UPDATE ON public.media_files FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE memberships (
    user_id uuid NOT NULL,
    level text NOT NULL,
    until timestamp with time zone,
    set_by uuid,
    set_at timestamp with time zone NOT NULL,
    CONSTRAINT memberships_pkey PRIMARY KEY (user_id),
    CONSTRAINT memberships_set_by_fkey FOREIGN KEY (set_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT memberships_level_check CHECK ((level = ANY (ARRAY['free'::text, 'pro'::text, 'premium'::text])))
);
COMMENT ON TABLE memberships IS 'How many credits a day somebody is given. Without a row, and once it is over, a membership is free.';
COMMENT ON COLUMN memberships.until IS 'Null: without end.';

CREATE TABLE moderation_flags (
    id uuid NOT NULL,
    target_type text NOT NULL,
    question_id integer NOT NULL,
    shared_answer_id uuid,
    reporter_id uuid,
    reason text NOT NULL,
    notes text NOT NULL DEFAULT ''::text,
    status text NOT NULL DEFAULT 'open'::text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    resolved_by uuid,
    resolved_at timestamp with time zone,
    resolution text NOT NULL DEFAULT ''::text,
    CONSTRAINT moderation_flags_pkey PRIMARY KEY (id),
    CONSTRAINT moderation_flags_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id) ON DELETE CASCADE,
    CONSTRAINT moderation_flags_reporter_id_fkey FOREIGN KEY (reporter_id) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT moderation_flags_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT moderation_flags_shared_answer_id_fkey FOREIGN KEY (shared_answer_id) REFERENCES shared_answers(id) ON DELETE CASCADE,
    CONSTRAINT moderation_flags_check CHECK (((target_type = 'shared_answer'::text) = (shared_answer_id IS NOT NULL))),
    CONSTRAINT moderation_flags_check1 CHECK (((status = 'open'::text) = (resolved_at IS NULL))),
    CONSTRAINT moderation_flags_notes_check CHECK ((length(notes) <= 1000)),
    CONSTRAINT moderation_flags_reason_check CHECK ((reason = ANY (ARRAY['offensive'::text, 'personal_data'::text, 'copied'::text, 'spam'::text, 'wrong'::text, 'other'::text]))),
    CONSTRAINT moderation_flags_resolution_check CHECK ((length(resolution) <= 500)),
    CONSTRAINT moderation_flags_status_check CHECK ((status = ANY (ARRAY['open'::text, 'resolved'::text, 'dismissed'::text]))),
    CONSTRAINT moderation_flags_target_type_check CHECK ((target_type = ANY (ARRAY['shared_answer'::text, 'question'::text])))
);
COMMENT ON TABLE moderation_flags IS 'Somebody thinks that something should not be here, or a moderator took it away: resolved means that it was.';
COMMENT ON COLUMN moderation_flags.question_id IS 'What was reported, or the question that the reported answer is to: its author may decide.';
COMMENT ON COLUMN moderation_flags.resolution IS 'What the moderator says about it.';
CREATE INDEX moderation_flags_newest ON public.moderation_flags USING btree (status, created_at DESC, id DESC);
COMMENT ON INDEX moderation_flags_newest IS 'Reports page: by status, newest first, by keyset.';
CREATE INDEX moderation_flags_of_answer ON public.moderation_flags USING btree (shared_answer_id);
COMMENT ON INDEX moderation_flags_of_answer IS 'Hiding a shared answer settles every open report of it.';
CREATE UNIQUE INDEX moderation_flags_once ON public.moderation_flags USING btree (reporter_id, question_id, shared_answer_id) NULLS NOT DISTINCT WHERE (status = 'open'::text);
COMMENT ON INDEX moderation_flags_once IS 'Nobody has two open reports of the same thing.';

CREATE TABLE modules (
    id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    description text NOT NULL DEFAULT ''::text,
    display_order integer NOT NULL DEFAULT 0,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT modules_pkey PRIMARY KEY (id),
    CONSTRAINT modules_name_key UNIQUE (name),
    CONSTRAINT modules_name_check CHECK ((name <> ''::text))
);
CREATE TRIGGER modules_touch BEFORE UPDATE ON public.modules FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE notes (
    id uuid NOT NULL,
    learner_id uuid NOT NULL,
    kind text NOT NULL,
    front text NOT NULL,
    back text NOT NULL DEFAULT ''::text,
    front_key uuid NOT NULL,
    tags text[] NOT NULL DEFAULT '{}'::text[],
    source text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT notes_pkey PRIMARY KEY (id),
    CONSTRAINT notes_learner_id_front_key_key UNIQUE (learner_id, front_key),
    CONSTRAINT notes_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT notes_back_check CHECK ((length(back) <= 20000)),
    CONSTRAINT notes_front_check CHECK (((length(front) >= 1) AND (length(front) <= 20000))),
    CONSTRAINT notes_kind_check CHECK ((kind = ANY (ARRAY['basic'::text, 'cloze'::text]))),
    CONSTRAINT notes_source_check CHECK ((source = ANY (ARRAY['own'::text, 'anki'::text])))
);
COMMENT ON TABLE notes IS 'What learners put on cards themselves: harmless HTML, cleaned before it is stored.';
COMMENT ON COLUMN notes.front IS 'The question; of a cloze note the text with {{c1::what is hidden::hint}}.';
COMMENT ON COLUMN notes.front_key IS 'Digest of the front as a reader sees it.';
COMMENT ON CONSTRAINT notes_learner_id_front_key_key ON notes IS 'Importing a file again adds nothing twice.';

CREATE TABLE planned_practice (
    id uuid NOT NULL,
    learner_id uuid NOT NULL,
    title text NOT NULL,
    plan jsonb NOT NULL,
    scheduled_for date NOT NULL,
    attempt_id uuid,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT planned_practice_pkey PRIMARY KEY (id),
    CONSTRAINT planned_practice_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE SET NULL,
    CONSTRAINT planned_practice_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT planned_practice_plan_check CHECK ((jsonb_typeof(plan) = 'object'::text)),
    CONSTRAINT planned_practice_title_check CHECK ((title <> ''::text))
);
COMMENT ON TABLE planned_practice IS 'Practice a learner wants to do on a day; the questions are drawn when it is started.';
COMMENT ON COLUMN planned_practice.scheduled_for IS 'A day of the learner''s own time zone.';
CREATE INDEX planned_practice_open ON public.planned_practice USING btree (learner_id, scheduled_for, id) WHERE (attempt_id IS NULL);
COMMENT ON INDEX planned_practice_open IS 'Practice page: what is planned, next first.';

CREATE TABLE practice_sessions (
    attempt_id uuid NOT NULL,
    learner_id uuid NOT NULL,
    kind text NOT NULL,
    topic_ids integer[] NOT NULL DEFAULT '{}'::integer[],
    most_items smallint NOT NULL,
    most_ms bigint,
    drill_day date,
    repairs_day date,
    ended_why text,
    ability double precision,
    deviation double precision,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT practice_sessions_pkey PRIMARY KEY (attempt_id),
    CONSTRAINT practice_sessions_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE,
    CONSTRAINT practice_sessions_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT practice_sessions_check CHECK (((kind = 'drill'::text) = (drill_day IS NOT NULL))),
    CONSTRAINT practice_sessions_check1 CHECK (((repairs_day IS NULL) OR (repairs_day < drill_day))),
    CONSTRAINT practice_sessions_ended_why_check CHECK ((ended_why = ANY (ARRAY['precise'::text, 'longest'::text, 'no_items'::text, 'learner'::text, 'done'::text]))),
    CONSTRAINT practice_sessions_kind_check CHECK ((kind = ANY (ARRAY['adaptive'::text, 'drill'::text, 'placement'::text, 'level'::text]))),
    CONSTRAINT practice_sessions_most_items_check CHECK (((most_items >= 1) AND (most_items <= 200))),
    CONSTRAINT practice_sessions_most_ms_check CHECK ((most_ms > 0))
);
COMMENT ON TABLE practice_sessions IS 'Attempts whose questions are chosen one by one while the learner works.';
COMMENT ON COLUMN practice_sessions.topic_ids IS 'Where questions come from; empty for everywhere.';
COMMENT ON COLUMN practice_sessions.drill_day IS 'The learner''s own day that a drill is for.';
COMMENT ON COLUMN practice_sessions.repairs_day IS 'The missed day this double drill makes up for, once it is done.';
COMMENT ON COLUMN practice_sessions.ability IS 'Of a level test that has ended: the estimate in rating points (1500 is average), with its standard error in deviation.';
CREATE UNIQUE INDEX practice_sessions_drill ON public.practice_sessions USING btree (learner_id, drill_day) WHERE (kind = 'drill'::text);
COMMENT ON INDEX practice_sessions_drill IS 'One drill per learner and day, however often it is asked for. Streak: the days that were repaired.';
CREATE INDEX practice_sessions_of_learner ON public.practice_sessions USING btree (learner_id, created_at DESC);
COMMENT ON INDEX practice_sessions_of_learner IS 'Practice page: the session that is open; the last placement and level tests.';

CREATE TABLE predictor_learners (
    learner_id uuid NOT NULL,
    history bytea NOT NULL,
    CONSTRAINT predictor_learners_pkey PRIMARY KEY (learner_id)
);
COMMENT ON TABLE predictor_learners IS 'What the predictor remembers of each learner, as of predictor_state.position.';

CREATE TABLE predictor_state (
    id boolean NOT NULL DEFAULT true,
    "position" bigint NOT NULL,
    model bytea NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    CONSTRAINT predictor_state_pkey PRIMARY KEY (id),
    CONSTRAINT predictor_state_id_check CHECK (id)
);
COMMENT ON TABLE predictor_state IS 'One row: the shared tables of the predictor as they were after the response with this sequence.';

CREATE TABLE preferences (
    user_id uuid NOT NULL,
    theme text NOT NULL DEFAULT 'auto'::text,
    interests text[] NOT NULL DEFAULT '{}'::text[],
    goals text[] NOT NULL DEFAULT '{}'::text[],
    time_budget text NOT NULL DEFAULT 'standard'::text,
    challenge_mode boolean NOT NULL DEFAULT false,
    daily_minutes integer NOT NULL DEFAULT 30,
    notifications jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT preferences_pkey PRIMARY KEY (user_id),
    CONSTRAINT preferences_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT preferences_daily_minutes_check CHECK (((daily_minutes >= 5) AND (daily_minutes <= 480))),
    CONSTRAINT preferences_notifications_check CHECK ((jsonb_typeof(notifications) = 'object'::text)),
    CONSTRAINT preferences_theme_check CHECK ((theme = ANY (ARRAY['auto'::text, 'light'::text, 'dark'::text]))),
    CONSTRAINT preferences_time_budget_check CHECK ((time_budget = ANY (ARRAY['short'::text, 'standard'::text, 'deep'::text])))
);
COMMENT ON TABLE preferences IS 'How a person wants Tripos to look and to choose work; no row means the defaults.';
CREATE TRIGGER preferences_touch BEFORE UPDATE ON public.preferences FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE profiles (
    user_id uuid NOT NULL,
    time_zone text,
    locale text NOT NULL DEFAULT 'en'::text,
    exam_date date,
    target_percent smallint,
    bio text NOT NULL DEFAULT ''::text,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT profiles_pkey PRIMARY KEY (user_id),
    CONSTRAINT profiles_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT profiles_bio_check CHECK ((length(bio) <= 2000)),
    CONSTRAINT profiles_target_percent_check CHECK (((target_percent >= 1) AND (target_percent <= 100))),
    CONSTRAINT profiles_time_zone_check CHECK ((time_zone <> ''::text))
);
COMMENT ON TABLE profiles IS 'What a person tells about themselves; no row means the defaults.';
COMMENT ON COLUMN profiles.time_zone IS 'IANA name in which times are shown; null means as the browser says.';
COMMENT ON COLUMN profiles.target_percent IS 'The score the person wants to reach in the exam, in percent.';
CREATE TRIGGER profiles_credentials AFTER INSERT OR UPDATE ON public.profiles FOR EACH ROW EXECUTE FUNCTION credentials_changed('user_id');
CREATE TRIGGER profiles_touch BEFORE UPDATE ON public.profiles FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE question_search (
    question_id integer NOT NULL,
    document tsvector NOT NULL,
    CONSTRAINT question_search_pkey PRIMARY KEY (question_id),
    CONSTRAINT question_search_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id) ON DELETE CASCADE
);
COMMENT ON TABLE question_search IS 'What the newest version of each question says, as words. Beside questions and not in it, so that a change of status or tags does not touch the index.';
CREATE INDEX question_search_words ON public.question_search USING gin (document);
COMMENT ON INDEX question_search_words IS 'Question bank: search.';

CREATE TABLE question_stats (
    question_id integer NOT NULL,
    attempts integer NOT NULL,
    answered integer NOT NULL,
    learners integer NOT NULL,
    score_sum double precision NOT NULL,
    passes integer NOT NULL,
    correct integer NOT NULL,
    elapsed_ms_sum bigint NOT NULL,
    elapsed_count integer NOT NULL,
    last_at timestamp with time zone NOT NULL,
    CONSTRAINT question_stats_pkey PRIMARY KEY (question_id)
) WITH (fillfactor=70);
COMMENT ON TABLE question_stats IS 'Presented, answered, scores, passes (above 65 %) and time of every question.';

CREATE TABLE question_versions (
    id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    question_id integer NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    body jsonb NOT NULL,
    needs_key boolean NOT NULL DEFAULT false,
    original_id text,
    original_number integer,
    source_file text,
    source_exam_external_id text,
    reason text NOT NULL DEFAULT 'created'::text,
    created_by uuid,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    metadata jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT question_versions_pkey PRIMARY KEY (id),
    CONSTRAINT question_versions_question_id_number_key UNIQUE (question_id, number),
    CONSTRAINT question_versions_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT question_versions_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id),
    CONSTRAINT question_versions_body_check CHECK ((jsonb_typeof(body) = 'object'::text)),
    CONSTRAINT question_versions_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT question_versions_number_check CHECK ((number >= 1)),
    CONSTRAINT question_versions_reason_check CHECK ((reason = ANY (ARRAY['created'::text, 'imported'::text, 'keyed'::text, 'edited'::text, 'restored'::text])))
);
COMMENT ON TABLE question_versions IS 'Immutable: a change is a new row, and attempts point to the row the learner saw.';
COMMENT ON COLUMN question_versions.metadata IS 'Scalar fields of an imported question that Tripos has no column for (such as audioSrc), kept as they came.';
CREATE INDEX question_versions_by_source ON public.question_versions USING btree (source_exam_external_id, original_number) WHERE (source_exam_external_id IS NOT NULL);
COMMENT ON INDEX question_versions_by_source IS 'Audit: the questions of a source exam in their original order.';
CREATE INDEX question_versions_media ON public.question_versions USING gin (media_of(body));
COMMENT ON INDEX question_versions_media IS 'Media library: which questions use a file.';
CREATE TRIGGER question_versions_immutable BEFORE UPDATE OF question_id, number, kind, body, needs_key ON public.question_versions FOR EACH ROW EXECUTE FUNCTION refuse_version_change();
CREATE TRIGGER question_versions_kept BEFORE DELETE ON public.question_versions FOR EACH ROW EXECUTE FUNCTION refuse_version_deletion();
CREATE TRIGGER question_versions_search AFTER INSERT ON public.question_versions REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION index_new_versions();

CREATE TABLE questions (
    id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    topic_id integer,
    kind text NOT NULL,
    difficulty smallint NOT NULL DEFAULT 3,
    status text NOT NULL DEFAULT 'live'::text,
    tags text[] NOT NULL DEFAULT '{}'::text[],
    needs_key boolean NOT NULL DEFAULT false,
    current_version_id integer,
    content_hash uuid NOT NULL,
    prompt_hash uuid NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    sharing text NOT NULL DEFAULT 'on'::text,
    CONSTRAINT questions_pkey PRIMARY KEY (id),
    CONSTRAINT questions_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT questions_current_version_id_fkey FOREIGN KEY (current_version_id) REFERENCES question_versions(id) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT questions_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topics(id) ON DELETE SET NULL,
    CONSTRAINT questions_difficulty_check CHECK (((difficulty >= 1) AND (difficulty <= 5))),
    CONSTRAINT questions_sharing_check CHECK ((sharing = ANY (ARRAY['on'::text, 'off'::text]))),
    CONSTRAINT questions_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'in_review'::text, 'live'::text, 'experimental'::text, 'retired'::text])))
);
COMMENT ON COLUMN questions.content_hash IS 'Hash of everything a learner reads, whatever the order of the options; key and explanations are not part of it.';
COMMENT ON COLUMN questions.prompt_hash IS 'Hash of prompt and code alone: finds a question whose options were edited.';
COMMENT ON COLUMN questions.sharing IS 'Whether learners may share their answers to it; means something for free answers only. While it is off, what was shared is seen by nobody but its learner and moderators.';
CREATE INDEX questions_by_content ON public.questions USING btree (content_hash);
COMMENT ON INDEX questions_by_content IS 'Import: has this question been seen before?';
CREATE INDEX questions_by_status ON public.questions USING btree (status, id DESC) WHERE (status <> 'live'::text);
COMMENT ON INDEX questions_by_status IS 'Question bank: drafts, and other questions that are few among many.';
CREATE INDEX questions_by_tag ON public.questions USING gin (tags);
COMMENT ON INDEX questions_by_tag IS 'Question bank: filter by tag.';
CREATE INDEX questions_of_topic ON public.questions USING btree (topic_id, difficulty, id) WHERE ((status = 'live'::text) AND (NOT needs_key));
COMMENT ON INDEX questions_of_topic IS 'Practice by topic: the questions that can be served.';
CREATE INDEX questions_without_key ON public.questions USING btree (id) WHERE needs_key;
COMMENT ON INDEX questions_without_key IS 'Author home: questions that need a key.';
CREATE TRIGGER questions_touch BEFORE UPDATE ON public.questions FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE rating_changes (
    sequence bigint NOT NULL,
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    success double precision NOT NULL,
    ability_before double precision NOT NULL,
    ability_after double precision NOT NULL,
    deviation_before double precision NOT NULL,
    deviation_after double precision NOT NULL,
    difficulty_before double precision NOT NULL,
    difficulty_after double precision NOT NULL,
    CONSTRAINT rating_changes_pkey PRIMARY KEY (sequence),
    CONSTRAINT rating_changes_attempt_id_position_key UNIQUE (attempt_id, "position")
);
COMMENT ON TABLE rating_changes IS 'What each answer was expected to be, and what it changed: shown after practice, and read by audits of the model.';

CREATE TABLE recording_chunks (
    recording_id uuid NOT NULL,
    number integer NOT NULL,
    sha256 bytea NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT recording_chunks_pkey PRIMARY KEY (recording_id, number),
    CONSTRAINT recording_chunks_recording_id_fkey FOREIGN KEY (recording_id) REFERENCES recordings(id) ON DELETE CASCADE,
    CONSTRAINT recording_chunks_number_check CHECK ((number >= 1)),
    CONSTRAINT recording_chunks_sha256_check CHECK ((length(sha256) = 32))
);
COMMENT ON TABLE recording_chunks IS 'What has arrived of a take; moved to media when the take is complete.';

CREATE TABLE recording_troubles (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    kind text NOT NULL,
    detail text,
    reported_at timestamp with time zone NOT NULL,
    CONSTRAINT recording_troubles_pkey PRIMARY KEY (attempt_id, id),
    CONSTRAINT recording_troubles_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE,
    CONSTRAINT recording_troubles_detail_check CHECK ((length(detail) <= 500)),
    CONSTRAINT recording_troubles_kind_check CHECK ((kind = ANY (ARRAY['denied'::text, 'lost'::text, 'silent'::text, 'unsupported'::text]))),
    CONSTRAINT recording_troubles_position_check CHECK (("position" >= 1))
);
COMMENT ON TABLE recording_troubles IS 'What the learner''s microphone did wrong, so that the teacher knows why an answer is missing or short.';

CREATE TABLE recordings (
    id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    take smallint NOT NULL,
    media_type text NOT NULL,
    longest_ms integer NOT NULL,
    state text NOT NULL DEFAULT 'uploading'::text,
    started_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    duration_ms integer,
    sha256 bytea,
    byte_length integer NOT NULL DEFAULT 0,
    trouble text,
    CONSTRAINT recordings_pkey PRIMARY KEY (id),
    CONSTRAINT recordings_attempt_id_position_take_key UNIQUE (attempt_id, "position", take),
    CONSTRAINT recordings_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE,
    CONSTRAINT recordings_sha256_fkey FOREIGN KEY (sha256) REFERENCES media(sha256),
    CONSTRAINT recordings_byte_length_check CHECK ((byte_length >= 0)),
    CONSTRAINT recordings_check CHECK (((state = 'complete'::text) = (sha256 IS NOT NULL))),
    CONSTRAINT recordings_check1 CHECK (((state = 'uploading'::text) = (finished_at IS NULL))),
    CONSTRAINT recordings_duration_ms_check CHECK ((duration_ms >= 0)),
    CONSTRAINT recordings_longest_ms_check CHECK ((longest_ms > 0)),
    CONSTRAINT recordings_position_check CHECK (("position" >= 1)),
    CONSTRAINT recordings_state_check CHECK ((state = ANY (ARRAY['uploading'::text, 'complete'::text, 'failed'::text]))),
    CONSTRAINT recordings_take_check CHECK ((take >= 1))
);
COMMENT ON TABLE recordings IS 'One take: a learner speaks an answer, and the browser sends it while it is spoken. Which take counts is said by the answer.';
COMMENT ON COLUMN recordings.id IS 'Made by the browser, which may begin without a network.';
COMMENT ON COLUMN recordings.started_at IS 'By the browser''s clock set to the server''s; decides within the grace after the deadline.';
COMMENT ON COLUMN recordings.byte_length IS 'Of the chunks that are here, then of the whole.';
COMMENT ON COLUMN recordings.trouble IS 'Why it failed, in words.';
CREATE INDEX recordings_of_media ON public.recordings USING btree (sha256) WHERE (sha256 IS NOT NULL);
COMMENT ON INDEX recordings_of_media IS 'Removing a file from the library: whether a recording has the same content.';
CREATE INDEX recordings_unfinished ON public.recordings USING btree (changed_at) WHERE (state = 'uploading'::text);
COMMENT ON INDEX recordings_unfinished IS 'The schedule that gives up uploads nobody went on with.';

CREATE TABLE regrade_changes (
    regrade_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    from_version_id integer NOT NULL,
    from_points real NOT NULL,
    from_correct boolean,
    to_points real NOT NULL,
    to_correct boolean,
    from_points_max real,
    to_points_max real,
    from_points_open real NOT NULL DEFAULT 0,
    to_points_open real NOT NULL DEFAULT 0,
    from_traits jsonb,
    CONSTRAINT regrade_changes_pkey PRIMARY KEY (regrade_id, attempt_id, "position"),
    CONSTRAINT regrade_changes_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE,
    CONSTRAINT regrade_changes_regrade_id_fkey FOREIGN KEY (regrade_id) REFERENCES regrades(id) ON DELETE CASCADE
);
COMMENT ON COLUMN regrade_changes.from_points_max IS 'Null where the regrade changed the key only.';
CREATE INDEX regrade_changes_of_attempt ON public.regrade_changes USING btree (attempt_id);
COMMENT ON INDEX regrade_changes_of_attempt IS 'Result page: why a grade changed.';

CREATE TABLE regrades (
    id uuid NOT NULL,
    question_id integer,
    version_id integer,
    reason text NOT NULL,
    status text NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    undone_by uuid,
    undone_at timestamp with time zone,
    from_profile text,
    to_profile text,
    CONSTRAINT regrades_pkey PRIMARY KEY (id),
    CONSTRAINT regrades_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id),
    CONSTRAINT regrades_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id),
    CONSTRAINT regrades_undone_by_fkey FOREIGN KEY (undone_by) REFERENCES users(id),
    CONSTRAINT regrades_version_id_fkey FOREIGN KEY (version_id) REFERENCES question_versions(id),
    CONSTRAINT regrades_check CHECK (((status = 'undone'::text) = (undone_at IS NOT NULL))),
    CONSTRAINT regrades_check1 CHECK ((num_nonnulls(question_id, version_id) = ANY (ARRAY[0, 2]))),
    CONSTRAINT regrades_check2 CHECK (((question_id IS NULL) = (to_profile IS NOT NULL))),
    CONSTRAINT regrades_reason_check CHECK ((reason <> ''::text)),
    CONSTRAINT regrades_status_check CHECK ((status = ANY (ARRAY['committed'::text, 'undone'::text])))
);
COMMENT ON TABLE regrades IS 'Answers graded again: to one question under version_id, because its key was wrong, or of whole attempts under another scoring profile.';
CREATE INDEX regrades_of_question ON public.regrades USING btree (question_id, created_at DESC);
COMMENT ON INDEX regrades_of_question IS 'Regrade page: what was regraded before.';

CREATE TABLE responses (
    sequence bigint NOT NULL,
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    revision smallint NOT NULL DEFAULT 0,
    learner_id uuid NOT NULL,
    question_id integer NOT NULL,
    version_id integer NOT NULL,
    topic_id integer,
    test_id uuid,
    mode text NOT NULL,
    answered boolean NOT NULL,
    correct boolean NOT NULL,
    score double precision NOT NULL,
    previous_score double precision,
    previous_correct boolean,
    difficulty smallint NOT NULL,
    guess double precision NOT NULL DEFAULT 0,
    elapsed_ms bigint,
    confidence smallint,
    answered_at timestamp with time zone NOT NULL,
    local_day date NOT NULL,
    logged_at timestamp with time zone NOT NULL,
    CONSTRAINT responses_pkey PRIMARY KEY (sequence),
    CONSTRAINT responses_attempt_id_position_revision_key UNIQUE (attempt_id, "position", revision),
    CONSTRAINT responses_check CHECK (((revision = 0) = (previous_score IS NULL))),
    CONSTRAINT responses_check1 CHECK (((previous_score IS NULL) = (previous_correct IS NULL))),
    CONSTRAINT responses_guess_check CHECK (((guess >= (0)::double precision) AND (guess < (1)::double precision))),
    CONSTRAINT responses_previous_score_check CHECK (((previous_score >= (0)::double precision) AND (previous_score <= (1)::double precision))),
    CONSTRAINT responses_revision_check CHECK ((revision >= 0)),
    CONSTRAINT responses_score_check CHECK (((score >= (0)::double precision) AND (score <= (1)::double precision)))
) WITH (autovacuum_vacuum_insert_scale_factor=0.02);
COMMENT ON TABLE responses IS 'Append-only: every decided answer, in the order all derived data is computed in. A regrade adds a row with a higher revision; nothing is changed. No foreign keys: the rows are copied from ones that have them, thousands at a time.';
COMMENT ON COLUMN responses.sequence IS 'Without gaps, in the order of commit: one writer at a time gives the numbers.';
COMMENT ON COLUMN responses.score IS 'Share of the points that are decided.';
COMMENT ON COLUMN responses.difficulty IS 'What the author thought, 1 to 5, when this was logged: where the rating of a new question starts.';
COMMENT ON COLUMN responses.guess IS 'Chance of being right without knowing: one by the number of options where one is chosen.';
COMMENT ON COLUMN responses.local_day IS 'The day of the learner''s own time zone, as it was set when this was logged.';

CREATE TABLE review_cards (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    learner_id uuid NOT NULL,
    question_id integer,
    note_id uuid,
    ordinal smallint NOT NULL DEFAULT 1,
    state text NOT NULL DEFAULT 'new'::text,
    stability double precision NOT NULL DEFAULT 0,
    difficulty double precision NOT NULL DEFAULT 0,
    due_at timestamp with time zone NOT NULL,
    last_review_at timestamp with time zone,
    step integer NOT NULL DEFAULT 0,
    reps integer NOT NULL DEFAULT 0,
    lapses integer NOT NULL DEFAULT 0,
    scheduled_days integer NOT NULL DEFAULT 0,
    reviews integer NOT NULL DEFAULT 0,
    suspended boolean NOT NULL DEFAULT false,
    withheld_until timestamp with time zone,
    added_at timestamp with time zone NOT NULL,
    CONSTRAINT review_cards_pkey PRIMARY KEY (id),
    CONSTRAINT review_cards_learner_id_question_id_key UNIQUE (learner_id, question_id),
    CONSTRAINT review_cards_note_id_ordinal_key UNIQUE (note_id, ordinal),
    CONSTRAINT review_cards_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT review_cards_note_id_fkey FOREIGN KEY (note_id) REFERENCES notes(id) ON DELETE CASCADE,
    CONSTRAINT review_cards_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id) ON DELETE CASCADE,
    CONSTRAINT review_cards_check CHECK (((question_id IS NULL) <> (note_id IS NULL))),
    CONSTRAINT review_cards_check1 CHECK (((state = 'new'::text) = (last_review_at IS NULL))),
    CONSTRAINT review_cards_difficulty_check CHECK (((difficulty >= (0)::double precision) AND (difficulty <= (10)::double precision))),
    CONSTRAINT review_cards_lapses_check CHECK ((lapses >= 0)),
    CONSTRAINT review_cards_ordinal_check CHECK (((ordinal >= 1) AND (ordinal <= 500))),
    CONSTRAINT review_cards_reps_check CHECK ((reps >= 0)),
    CONSTRAINT review_cards_reviews_check CHECK ((reviews >= 0)),
    CONSTRAINT review_cards_scheduled_days_check CHECK ((scheduled_days >= 0)),
    CONSTRAINT review_cards_stability_check CHECK ((stability >= (0)::double precision)),
    CONSTRAINT review_cards_state_check CHECK ((state = ANY (ARRAY['new'::text, 'learning'::text, 'review'::text, 'relearning'::text]))),
    CONSTRAINT review_cards_step_check CHECK ((step >= 0))
) WITH (fillfactor=80);
COMMENT ON TABLE review_cards IS 'One thing a learner wants to remember: a question, or one side or gap of a note. From state to scheduled_days it is what replaying card_reviews gives.';
COMMENT ON COLUMN review_cards.ordinal IS 'Of a cloze note: the number of the gap the card asks for.';
COMMENT ON COLUMN review_cards.reviews IS 'Number of its last review, undone ones included.';
COMMENT ON COLUMN review_cards.withheld_until IS 'The tests it was answered in do not show right answers before then (infinity: never); null when the learner may see it.';
COMMENT ON CONSTRAINT review_cards_learner_id_question_id_key ON review_cards IS 'The fold and practice find the card of a question; a question is on one card.';
CREATE INDEX review_cards_due ON public.review_cards USING btree (learner_id, due_at);
COMMENT ON INDEX review_cards_due IS 'Review page: what is due, and the forecast.';
CREATE INDEX review_cards_of_question ON public.review_cards USING btree (question_id) WHERE (question_id IS NOT NULL);
COMMENT ON INDEX review_cards_of_question IS 'Removing a question.';

CREATE TABLE review_schemes (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    learner_id uuid,
    weights_id bigint NOT NULL,
    desired_retention double precision NOT NULL DEFAULT 0.9,
    learning_steps_s integer[] NOT NULL DEFAULT '{60,600}'::integer[],
    relearning_steps_s integer[] NOT NULL DEFAULT '{600}'::integer[],
    easy_days double precision[] NOT NULL DEFAULT '{1,1,1,1,1,1,1}'::double precision[],
    maximum_days integer NOT NULL DEFAULT 36500,
    fuzz boolean NOT NULL DEFAULT true,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT review_schemes_pkey PRIMARY KEY (id),
    CONSTRAINT review_schemes_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT review_schemes_weights_id_fkey FOREIGN KEY (weights_id) REFERENCES fsrs_weights(id) ON DELETE CASCADE,
    CONSTRAINT review_schemes_desired_retention_check CHECK (((desired_retention >= (0.8)::double precision) AND (desired_retention <= (0.97)::double precision))),
    CONSTRAINT review_schemes_easy_days_check CHECK (((cardinality(easy_days) = 7) AND ((0)::double precision <= ALL (easy_days)) AND ((1)::double precision >= ALL (easy_days)))),
    CONSTRAINT review_schemes_learning_steps_s_check CHECK (((0 < ALL (learning_steps_s)) AND (cardinality(learning_steps_s) <= 10))),
    CONSTRAINT review_schemes_maximum_days_check CHECK (((maximum_days >= 1) AND (maximum_days <= 36500))),
    CONSTRAINT review_schemes_relearning_steps_s_check CHECK (((0 < ALL (relearning_steps_s)) AND (cardinality(relearning_steps_s) <= 10)))
);
COMMENT ON TABLE review_schemes IS 'How cards are scheduled. Never changed: a new choice is a new row, so that every review can be computed again as it was.';
COMMENT ON COLUMN review_schemes.easy_days IS 'How much of a normal load each weekday may carry, Sunday first.';
CREATE INDEX review_schemes_of_learner ON public.review_schemes USING btree (learner_id);
COMMENT ON INDEX review_schemes_of_learner IS 'Removing an account.';
CREATE INDEX review_schemes_of_weights ON public.review_schemes USING btree (weights_id);
COMMENT ON INDEX review_schemes_of_weights IS 'Removing the weights of an account.';

CREATE TABLE rubric_versions (
    rubric_id integer NOT NULL,
    number integer NOT NULL,
    traits jsonb NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT rubric_versions_pkey PRIMARY KEY (rubric_id, number),
    CONSTRAINT rubric_versions_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT rubric_versions_rubric_id_fkey FOREIGN KEY (rubric_id) REFERENCES rubrics(id) ON DELETE CASCADE,
    CONSTRAINT rubric_versions_number_check CHECK ((number >= 1)),
    CONSTRAINT rubric_versions_traits_check CHECK ((jsonb_typeof(traits) = 'array'::text))
);
COMMENT ON TABLE rubric_versions IS 'Never changed: an edit is a new number. A question keeps a copy of the traits it was given.';
COMMENT ON COLUMN rubric_versions.traits IS '[{"name", "title", "max", "guide", "weight"}], as questions keep them.';
CREATE TRIGGER rubric_versions_immutable BEFORE UPDATE OF rubric_id, number, traits ON public.rubric_versions FOR EACH ROW EXECUTE FUNCTION refuse_rubric_change();

CREATE TABLE rubrics (
    id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    name text NOT NULL,
    created_by uuid,
    archived_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT rubrics_pkey PRIMARY KEY (id),
    CONSTRAINT rubrics_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT rubrics_name_check CHECK (((name <> ''::text) AND (length(name) <= 120)))
);
COMMENT ON TABLE rubrics IS 'Lists of traits that authors made; the built-in ones come with the program.';

CREATE TABLE schema_migrations (
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT schema_migrations_pkey PRIMARY KEY (name)
);

CREATE TABLE selections (
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    learner_id uuid NOT NULL,
    question_id integer NOT NULL,
    quota text NOT NULL,
    reason text NOT NULL,
    probability double precision NOT NULL,
    success double precision NOT NULL,
    ability double precision NOT NULL,
    ability_deviation double precision NOT NULL,
    difficulty double precision NOT NULL,
    difficulty_deviation double precision NOT NULL,
    guess double precision NOT NULL,
    terms jsonb NOT NULL DEFAULT '{}'::jsonb,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT selections_pkey PRIMARY KEY (attempt_id, "position"),
    CONSTRAINT selections_attempt_id_fkey FOREIGN KEY (attempt_id) REFERENCES attempts(id) ON DELETE CASCADE,
    CONSTRAINT selections_position_check CHECK (("position" >= 1)),
    CONSTRAINT selections_probability_check CHECK (((probability > (0)::double precision) AND (probability <= (1)::double precision))),
    CONSTRAINT selections_quota_check CHECK ((quota = ANY (ARRAY['due'::text, 'probe'::text, 'adaptive'::text]))),
    CONSTRAINT selections_success_check CHECK (((success >= (0)::double precision) AND (success <= (1)::double precision)))
);
COMMENT ON TABLE selections IS 'Why each question was chosen, and what was believed of learner and question at that moment: shown to the learner, and the base of every later analysis.';
COMMENT ON COLUMN selections.probability IS 'The chance that this place went to this question: weighs answers that were chosen adaptively.';
CREATE INDEX selections_by_time ON public.selections USING btree (created_at) INCLUDE (question_id, attempt_id);
COMMENT ON INDEX selections_by_time IS 'How often each question was shown in the last day: nothing is shown to everybody.';
CREATE INDEX selections_of_learner ON public.selections USING btree (learner_id, created_at DESC);
COMMENT ON INDEX selections_of_learner IS 'Choosing a question: what the learner was shown lately.';

CREATE TABLE sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    key_hash bytea NOT NULL,
    device text NOT NULL DEFAULT ''::text,
    ip inet,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    last_seen_at timestamp with time zone NOT NULL DEFAULT now(),
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT sessions_pkey PRIMARY KEY (id),
    CONSTRAINT sessions_key_hash_key UNIQUE (key_hash),
    CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT sessions_key_hash_check CHECK ((length(key_hash) = 32))
) WITH (fillfactor=80);
COMMENT ON TABLE sessions IS 'Signed-in browsers. Deleting the row signs the browser out.';
COMMENT ON COLUMN sessions.key_hash IS 'SHA-256 of the key in the cookie; the key itself is nowhere on the server.';
CREATE INDEX sessions_of_user ON public.sessions USING btree (user_id);
COMMENT ON INDEX sessions_of_user IS 'Settings: your sessions. Password change: end the others.';
CREATE TRIGGER sessions_credentials AFTER DELETE ON public.sessions FOR EACH ROW WHEN ((old.expires_at > now())) EXECUTE FUNCTION credentials_changed('user_id');

CREATE TABLE shared_answer_likes (
    shared_answer_id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT shared_answer_likes_pkey PRIMARY KEY (shared_answer_id, user_id),
    CONSTRAINT shared_answer_likes_shared_answer_id_fkey FOREIGN KEY (shared_answer_id) REFERENCES shared_answers(id) ON DELETE CASCADE,
    CONSTRAINT shared_answer_likes_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
);
COMMENT ON TABLE shared_answer_likes IS 'Who found a shared answer helpful.';
CREATE INDEX shared_answer_likes_of_user ON public.shared_answer_likes USING btree (user_id);
COMMENT ON INDEX shared_answer_likes_of_user IS 'Removing an account.';

CREATE TABLE shared_answers (
    id uuid NOT NULL,
    question_id integer NOT NULL,
    question_version_id integer NOT NULL,
    attempt_id uuid NOT NULL,
    "position" smallint NOT NULL,
    learner_id uuid NOT NULL,
    note text NOT NULL DEFAULT ''::text,
    anonymous boolean NOT NULL DEFAULT false,
    status text NOT NULL DEFAULT 'visible'::text,
    helpful_count integer NOT NULL DEFAULT 0,
    shared_at timestamp with time zone NOT NULL DEFAULT now(),
    hidden_by uuid,
    hidden_at timestamp with time zone,
    hidden_reason text NOT NULL DEFAULT ''::text,
    CONSTRAINT shared_answers_pkey PRIMARY KEY (id),
    CONSTRAINT shared_answers_attempt_id_position_key UNIQUE (attempt_id, "position"),
    CONSTRAINT shared_answers_attempt_id_position_fkey FOREIGN KEY (attempt_id, "position") REFERENCES answers(attempt_id, "position") ON DELETE CASCADE,
    CONSTRAINT shared_answers_hidden_by_fkey FOREIGN KEY (hidden_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT shared_answers_learner_id_fkey FOREIGN KEY (learner_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT shared_answers_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id) ON DELETE CASCADE,
    CONSTRAINT shared_answers_question_version_id_fkey FOREIGN KEY (question_version_id) REFERENCES question_versions(id),
    CONSTRAINT shared_answers_check CHECK (((status = 'hidden'::text) = (hidden_at IS NOT NULL))),
    CONSTRAINT shared_answers_helpful_count_check CHECK ((helpful_count >= 0)),
    CONSTRAINT shared_answers_hidden_reason_check CHECK ((length(hidden_reason) <= 500)),
    CONSTRAINT shared_answers_note_check CHECK ((length(note) <= 500)),
    CONSTRAINT shared_answers_status_check CHECK ((status = ANY (ARRAY['visible'::text, 'withdrawn'::text, 'hidden'::text])))
);
COMMENT ON TABLE shared_answers IS 'An answer of a finished attempt that its learner shows to others. The answer itself stays where it is: it does not change any more.';
COMMENT ON COLUMN shared_answers.question_version_id IS 'What the learner saw.';
COMMENT ON COLUMN shared_answers.anonymous IS 'Nobody is told whose it is; not even moderators, on these pages.';
COMMENT ON COLUMN shared_answers.helpful_count IS 'Rows of shared_answer_likes; kept here for the order "most helpful".';
CREATE INDEX shared_answers_most_helpful ON public.shared_answers USING btree (question_id, helpful_count DESC, id DESC) WHERE (status = 'visible'::text);
COMMENT ON INDEX shared_answers_most_helpful IS 'Compare page: most helpful first, by keyset.';
CREATE INDEX shared_answers_newest ON public.shared_answers USING btree (question_id, shared_at DESC, id DESC) WHERE (status = 'visible'::text);
COMMENT ON INDEX shared_answers_newest IS 'Compare page: newest first, by keyset.';
CREATE INDEX shared_answers_of_learner ON public.shared_answers USING btree (learner_id);
COMMENT ON INDEX shared_answers_of_learner IS 'Removing an account.';

CREATE TABLE team_invitations (
    id uuid NOT NULL,
    team_id uuid NOT NULL,
    secret_hash bytea NOT NULL,
    role text NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT team_invitations_pkey PRIMARY KEY (id),
    CONSTRAINT team_invitations_secret_hash_key UNIQUE (secret_hash),
    CONSTRAINT team_invitations_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT team_invitations_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE,
    CONSTRAINT team_invitations_role_check CHECK ((role = ANY (ARRAY['member'::text, 'viewer'::text]))),
    CONSTRAINT team_invitations_secret_hash_check CHECK ((length(secret_hash) = 32))
);
COMMENT ON TABLE team_invitations IS 'Links that let whoever holds one join the team until it expires; deleting the row withdraws the link.';
CREATE INDEX team_invitations_of_team ON public.team_invitations USING btree (team_id);
COMMENT ON INDEX team_invitations_of_team IS 'Team page: open invitations.';

CREATE TABLE team_members (
    team_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    joined_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT team_members_pkey PRIMARY KEY (team_id, user_id),
    CONSTRAINT team_members_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE,
    CONSTRAINT team_members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT team_members_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'member'::text, 'viewer'::text])))
);
CREATE INDEX team_members_of_user ON public.team_members USING btree (user_id);
COMMENT ON INDEX team_members_of_user IS 'My teams.';

CREATE TABLE teams (
    id uuid NOT NULL,
    name text NOT NULL,
    created_by uuid,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT teams_pkey PRIMARY KEY (id),
    CONSTRAINT teams_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT teams_name_check CHECK (((name <> ''::text) AND (length(name) <= 80)))
);
CREATE TRIGGER teams_touch BEFORE UPDATE ON public.teams FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE test_slots (
    test_id uuid NOT NULL,
    "position" smallint NOT NULL,
    question_id integer NOT NULL,
    points real NOT NULL DEFAULT 1,
    section text,
    CONSTRAINT test_slots_pkey PRIMARY KEY (test_id, "position"),
    CONSTRAINT test_slots_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id),
    CONSTRAINT test_slots_test_id_fkey FOREIGN KEY (test_id) REFERENCES tests(id) ON DELETE CASCADE,
    CONSTRAINT test_slots_points_check CHECK ((points >= (0)::double precision)),
    CONSTRAINT test_slots_position_check CHECK (("position" >= 1))
);
CREATE INDEX test_slots_of_question ON public.test_slots USING btree (question_id);
COMMENT ON INDEX test_slots_of_question IS 'Question page: the tests that use it. Regrade: which attempts to look at.';

CREATE TABLE tests (
    id uuid NOT NULL,
    title text NOT NULL,
    description text NOT NULL DEFAULT ''::text,
    type text NOT NULL,
    version integer NOT NULL DEFAULT 1,
    time_limit_ms bigint,
    warn_before_ms bigint,
    pass_mark_percent real,
    policy jsonb NOT NULL DEFAULT '{}'::jsonb,
    metadata jsonb NOT NULL DEFAULT '{}'::jsonb,
    is_active boolean NOT NULL DEFAULT true,
    source_file text,
    created_by uuid,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT tests_pkey PRIMARY KEY (id),
    CONSTRAINT tests_created_by_fkey FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL,
    CONSTRAINT tests_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT tests_pass_mark_percent_check CHECK (((pass_mark_percent >= (0)::double precision) AND (pass_mark_percent <= (100)::double precision))),
    CONSTRAINT tests_policy_check CHECK ((jsonb_typeof(policy) = 'object'::text)),
    CONSTRAINT tests_time_limit_ms_check CHECK ((time_limit_ms > 0)),
    CONSTRAINT tests_title_check CHECK ((title <> ''::text)),
    CONSTRAINT tests_type_check CHECK ((type = ANY (ARRAY['quiz'::text, 'test'::text, 'exam'::text, 'assessment'::text, 'mock'::text, 'practice'::text]))),
    CONSTRAINT tests_version_check CHECK ((version >= 1)),
    CONSTRAINT tests_warn_before_ms_check CHECK ((warn_before_ms > 0))
);
COMMENT ON COLUMN tests.metadata IS 'Scalar fields of an imported file that Tripos has no column for, kept as they came.';
CREATE INDEX tests_offered ON public.tests USING btree (type, title, id) WHERE is_active;
COMMENT ON INDEX tests_offered IS 'Tests page: what a learner may sit, by type.';
CREATE TRIGGER tests_touch BEFORE UPDATE ON public.tests FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE topic_ratings (
    topic_id integer NOT NULL,
    points double precision NOT NULL,
    deviation double precision NOT NULL,
    answers integer NOT NULL,
    updated_at_days double precision NOT NULL,
    CONSTRAINT topic_ratings_pkey PRIMARY KEY (topic_id)
) WITH (fillfactor=50);
COMMENT ON TABLE topic_ratings IS 'How hard the questions of a topic are on the whole; topic -1 for those without one.';

CREATE TABLE topics (
    id integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    module_id integer NOT NULL,
    parent_id integer,
    name text NOT NULL,
    description text NOT NULL DEFAULT ''::text,
    display_order integer NOT NULL DEFAULT 0,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT topics_pkey PRIMARY KEY (id),
    CONSTRAINT topics_module_id_name_key UNIQUE (module_id, name),
    CONSTRAINT topics_module_id_fkey FOREIGN KEY (module_id) REFERENCES modules(id) ON DELETE CASCADE,
    CONSTRAINT topics_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES topics(id) ON DELETE CASCADE,
    CONSTRAINT topics_name_check CHECK ((name <> ''::text))
);
CREATE TRIGGER topics_touch BEFORE UPDATE ON public.topics FOR EACH ROW EXECUTE FUNCTION touch_updated_at();

CREATE TABLE user_roles (
    user_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT user_roles_pkey PRIMARY KEY (user_id, role),
    CONSTRAINT user_roles_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE,
    CONSTRAINT user_roles_role_check CHECK ((role = ANY (ARRAY['author'::text, 'teacher'::text, 'moderator'::text, 'admin'::text])))
);
COMMENT ON TABLE user_roles IS 'What somebody may do beyond learning; everybody is a learner without a row.';
CREATE TRIGGER user_roles_credentials AFTER INSERT OR DELETE ON public.user_roles FOR EACH ROW EXECUTE FUNCTION credentials_changed('user_id');

CREATE TABLE users (
    id uuid NOT NULL,
    email text NOT NULL,
    normalized_email text NOT NULL,
    display_name text NOT NULL,
    password_hash text,
    security_stamp text NOT NULL,
    concurrency_stamp text NOT NULL,
    access_failed_count integer NOT NULL DEFAULT 0,
    lockout_end timestamp with time zone,
    disabled_at timestamp with time zone,
    is_demo boolean NOT NULL DEFAULT false,
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_access_failed_count_check CHECK ((access_failed_count >= 0)),
    CONSTRAINT users_display_name_check CHECK (((display_name <> ''::text) AND (length(display_name) <= 80))),
    CONSTRAINT users_email_check CHECK ((email <> ''::text))
) WITH (fillfactor=85);
COMMENT ON COLUMN users.normalized_email IS 'Upper case; the unique name of the account. Compared byte by byte, so that one index serves equality, order and prefix.';
COMMENT ON COLUMN users.password_hash IS 'PBKDF2 by ASP.NET Core Identity; null until a password is set.';
COMMENT ON COLUMN users.security_stamp IS 'Changes with the password, so that an older reset link stops working.';
COMMENT ON COLUMN users.access_failed_count IS 'Wrong passwords since the last right one; five lock the account until lockout_end.';
COMMENT ON COLUMN users.is_demo IS 'Has a published password: the server refuses to listen beyond loopback while one is enabled.';
CREATE UNIQUE INDEX users_by_email ON public.users USING btree (normalized_email);
COMMENT ON INDEX users_by_email IS 'Sign-in: the account of an address. People page: search by the start of an address.';
CREATE INDEX users_by_name ON public.users USING btree (upper(display_name) text_pattern_ops);
COMMENT ON INDEX users_by_name IS 'People page: search by the start of a name.';
CREATE INDEX users_demo ON public.users USING btree (id) WHERE is_demo;
COMMENT ON INDEX users_demo IS 'Start of the server: is there a demo person?';
CREATE TRIGGER users_credentials AFTER UPDATE ON public.users FOR EACH ROW WHEN (((old.disabled_at IS DISTINCT FROM new.disabled_at) OR (old.display_name IS DISTINCT FROM new.display_name))) EXECUTE FUNCTION credentials_changed('id');
CREATE TRIGGER users_touch BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION touch_updated_at();
