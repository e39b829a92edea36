-- Credits: a double-entry ledger of what evaluations cost learners, memberships that give credits every day, and caps on what is spent.
-- The rules that must not depend on the program are here: nothing is ever overspent, given twice, or changed afterwards.

CREATE TABLE memberships (
    user_id uuid PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    level text NOT NULL CHECK (level IN ('free', 'pro', 'premium')),
    until timestamptz,
    set_by uuid REFERENCES users (id) ON DELETE SET NULL,
    set_at timestamptz NOT NULL
);
COMMENT ON TABLE memberships IS 'How many credits a day somebody is given. Without a row, and once it is over, a membership is free.';
COMMENT ON COLUMN memberships.until IS 'Null: without end.';

CREATE TABLE credit_wallets (
    user_id uuid PRIMARY KEY REFERENCES users (id),
    day date,
    day_started_at timestamptz,
    CHECK ((day IS NULL) = (day_started_at IS NULL))
) WITH (fillfactor = 70);
COMMENT ON TABLE credit_wallets IS 'One row per person, locked by whoever moves their credits.';
COMMENT ON COLUMN credit_wallets.day IS 'The last local day for which daily credits were given; it never goes back, whatever the time zone is set to.';
COMMENT ON COLUMN credit_wallets.day_started_at IS 'When that day began. The next begins at a local midnight, but at least 23 hours later.';

CREATE TABLE credit_transfers (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES credit_wallets (user_id),
    kind text NOT NULL CHECK (kind IN ('daily', 'unlimited', 'gift', 'withdrawal', 'reserve', 'settle', 'refund', 'expire')),
    request_id uuid,
    usage_type text CHECK (usage_type IN ('writing', 'speaking', 'prompt', 'code')),
    credits integer NOT NULL CHECK (credits >= 0),
    cost_micros bigint CHECK (cost_micros >= 0),
    day date NOT NULL,
    level text CHECK (level IN ('free', 'pro', 'premium')),
    reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
    by_id uuid REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL,
    CHECK ((kind IN ('reserve', 'settle', 'refund')) = (request_id IS NOT NULL)),
    CHECK ((request_id IS NOT NULL) = (usage_type IS NOT NULL)),
    CHECK ((kind = 'settle') = (cost_micros IS NOT NULL)),
    CHECK ((kind = 'daily') = (level IS NOT NULL)),
    CHECK (kind NOT IN ('gift', 'withdrawal') OR reason <> '')
);
COMMENT ON TABLE credit_transfers IS 'Every movement of credits, never changed. What a person used is what was settled.';
COMMENT ON COLUMN credit_transfers.request_id IS 'The evaluation that is paid for.';
COMMENT ON COLUMN credit_transfers.cost_micros IS 'What the provider charged, in millionths of the configured currency.';
COMMENT ON COLUMN credit_transfers.day IS 'The local day of the wallet: daily credits of a day that is over do not come back.';
CREATE UNIQUE INDEX credit_transfers_reserved ON credit_transfers (request_id) WHERE kind = 'reserve';
COMMENT ON INDEX credit_transfers_reserved IS 'A request reserves once.';
CREATE UNIQUE INDEX credit_transfers_ended ON credit_transfers (request_id) WHERE kind IN ('settle', 'refund');
COMMENT ON INDEX credit_transfers_ended IS 'A reservation ends once, settled or refunded.';
CREATE UNIQUE INDEX credit_transfers_daily ON credit_transfers (user_id, day, level) WHERE kind = 'daily';
COMMENT ON INDEX credit_transfers_daily IS 'Daily credits are given once for a day and level.';
CREATE INDEX credit_transfers_of_user ON credit_transfers (user_id, created_at DESC, id DESC) INCLUDE (kind, usage_type, credits, cost_micros);
COMMENT ON INDEX credit_transfers_of_user IS 'Credits page: what a person was given and used, newest first, of one type or all.';

CREATE TABLE credit_accounts (
    user_id uuid NOT NULL REFERENCES credit_wallets (user_id),
    account text NOT NULL CHECK (account IN ('issued', 'daily', 'extra', 'held', 'spent', 'expired')),
    balance bigint NOT NULL,
    PRIMARY KEY (user_id, account),
    CHECK (CASE account WHEN 'issued' THEN balance <= 0 ELSE balance >= 0 END)
) WITH (fillfactor = 70);
COMMENT ON TABLE credit_accounts IS 'The sum of the entries of each account, kept by a trigger. Credits come from issued and can only be moved where they are: nobody can spend what they do not have.';
CREATE INDEX credit_accounts_held ON credit_accounts (user_id) WHERE account = 'held' AND balance > 0;
COMMENT ON INDEX credit_accounts_held IS 'The schedule that looks for reservations nobody ended.';

CREATE TABLE credit_entries (
    transfer_id uuid NOT NULL REFERENCES credit_transfers (id),
    account text NOT NULL CHECK (account IN ('issued', 'daily', 'extra', 'held', 'spent', 'expired')),
    amount integer NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (transfer_id, account)
);
COMMENT ON TABLE credit_entries IS 'What a transfer takes from each account of its person (negative) and puts into each: together nothing.';

CREATE TABLE credit_months (
    user_id uuid NOT NULL REFERENCES credit_wallets (user_id),
    month date NOT NULL CHECK (extract(day FROM month) = 1),
    usage_type text NOT NULL,
    reserved bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    spent bigint NOT NULL DEFAULT 0 CHECK (spent >= 0),
    evaluations bigint NOT NULL DEFAULT 0 CHECK (evaluations >= 0),
    cost_micros bigint NOT NULL DEFAULT 0 CHECK (cost_micros >= 0),
    PRIMARY KEY (user_id, month, usage_type)
) WITH (fillfactor = 70);
COMMENT ON TABLE credit_months IS 'Use of credits per person, calendar month (UTC) in which they were reserved, and type; kept by a trigger. Caps and the report of administrators add it up.';
CREATE INDEX credit_months_of_month ON credit_months (month, user_id) INCLUDE (usage_type, reserved, spent, evaluations, cost_micros);
COMMENT ON INDEX credit_months_of_month IS 'What the whole server used in a month.';

CREATE TABLE credit_caps (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    team_id uuid REFERENCES teams (id) ON DELETE CASCADE,
    credits integer NOT NULL CHECK (credits >= 0),
    set_by uuid REFERENCES users (id) ON DELETE SET NULL,
    set_at timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (team_id)
);
COMMENT ON TABLE credit_caps IS 'How many credits a team, or with no team the whole server, may use in a calendar month (UTC). Locked while a reservation is counted against it.';

-- The first of the month in which a request reserved.
CREATE FUNCTION credit_month(request uuid) RETURNS date STABLE LANGUAGE sql AS
    $$ SELECT date_trunc('month', created_at AT TIME ZONE 'UTC')::date FROM credit_transfers WHERE request_id = request AND kind = 'reserve' $$;

CREATE FUNCTION count_credit_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    settled boolean := NEW.kind = 'settle';
BEGIN
    INSERT INTO credit_months (user_id, month, usage_type) VALUES (NEW.user_id, credit_month(NEW.request_id), NEW.usage_type) ON CONFLICT DO NOTHING;
    UPDATE credit_months SET reserved = reserved + CASE NEW.kind WHEN 'reserve' THEN NEW.credits ELSE -NEW.credits END,
        spent = spent + CASE WHEN settled THEN NEW.credits ELSE 0 END, evaluations = evaluations + settled::int, cost_micros = cost_micros + COALESCE(NEW.cost_micros, 0)
    WHERE user_id = NEW.user_id AND month = credit_month(NEW.request_id) AND usage_type = NEW.usage_type;
    RETURN NULL;
END $$;
CREATE TRIGGER credit_transfers_counted AFTER INSERT ON credit_transfers FOR EACH ROW WHEN (NEW.request_id IS NOT NULL) EXECUTE FUNCTION count_credit_transfer();

CREATE FUNCTION post_credit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    owner uuid := (SELECT user_id FROM credit_transfers WHERE id = NEW.transfer_id);
BEGIN
    UPDATE credit_accounts SET balance = balance + NEW.amount WHERE user_id = owner AND account = NEW.account;
    IF NOT FOUND THEN
        INSERT INTO credit_accounts (user_id, account, balance) VALUES (owner, NEW.account, NEW.amount);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER credit_entries_posted AFTER INSERT ON credit_entries FOR EACH ROW EXECUTE FUNCTION post_credit_entry();

-- A transfer is balanced, moves what it says from and to where its kind may, and ends only what was reserved.
CREATE FUNCTION check_credit_transfer() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$;
CREATE CONSTRAINT TRIGGER credit_transfers_balanced AFTER INSERT ON credit_transfers DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_credit_transfer();
CREATE CONSTRAINT TRIGGER credit_entries_balanced AFTER INSERT ON credit_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_credit_transfer();

CREATE FUNCTION refuse_credit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The books are written once: make a new transfer instead of changing %.', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER credit_transfers_kept BEFORE DELETE OR UPDATE OF id, user_id, kind, request_id, usage_type, credits, cost_micros, day, level, reason, created_at ON credit_transfers
    FOR EACH ROW EXECUTE FUNCTION refuse_credit_change();
CREATE TRIGGER credit_entries_kept BEFORE UPDATE OR DELETE ON credit_entries FOR EACH ROW EXECUTE FUNCTION refuse_credit_change();
CREATE TRIGGER credit_accounts_kept BEFORE INSERT OR UPDATE OR DELETE ON credit_accounts FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_credit_change();
CREATE TRIGGER credit_months_kept BEFORE INSERT OR UPDATE OR DELETE ON credit_months FOR EACH ROW WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION refuse_credit_change();
