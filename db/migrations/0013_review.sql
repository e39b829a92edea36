-- The review deck: cards, every review of them, how each learner's cards are scheduled, and what learners wrote or brought along themselves.

CREATE TABLE fsrs_weights (
    id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    learner_id       uuid        REFERENCES users ON DELETE CASCADE,
    version          text        NOT NULL DEFAULT 'fsrs-6' CHECK (version IN ('fsrs-6')),
    weights          double precision[] NOT NULL CHECK (cardinality(weights) = 21),
    reviews          integer     NOT NULL DEFAULT 0 CHECK (reviews >= 0),
    reviews_seen     integer     NOT NULL DEFAULT 0 CHECK (reviews_seen >= 0),
    log_loss_before  double precision,
    log_loss_after   double precision,
    used             boolean     NOT NULL,
    fitted_at        timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE fsrs_weights IS 'Weights of the memory model: the published ones (no learner) and what was fitted to each learner''s own reviews. Never changed: reviews name the ones they were scheduled with.';
COMMENT ON COLUMN fsrs_weights.version IS 'The scheduler the weights are for. A later one is one more word here, and a branch where schedulers are made.';
COMMENT ON COLUMN fsrs_weights.reviews IS 'Reviews the fit could learn from: those a day or more after the one before.';
COMMENT ON COLUMN fsrs_weights.reviews_seen IS 'All reviews the learner had then; the next fit waits for enough more.';
COMMENT ON COLUMN fsrs_weights.used IS 'False when the fit did not predict better and was put aside.';
CREATE INDEX fsrs_weights_of_learner ON fsrs_weights (learner_id, id DESC);
COMMENT ON INDEX fsrs_weights_of_learner IS 'Deck settings: the last fits of a learner.';
INSERT INTO fsrs_weights (weights, used) VALUES
    ('{0.212,1.2931,2.3065,8.2956,6.4133,0.8334,3.0194,0.001,1.8722,0.1666,0.796,1.4835,0.0614,0.2629,1.6483,0.6014,1.8729,0.5425,0.0912,0.0658,0.1542}', true);

CREATE TABLE review_schemes (
    id                 bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    learner_id         uuid        REFERENCES users ON DELETE CASCADE,
    weights_id         bigint      NOT NULL REFERENCES fsrs_weights ON DELETE CASCADE,
    desired_retention  double precision NOT NULL DEFAULT 0.9 CHECK (desired_retention BETWEEN 0.8 AND 0.97),
    learning_steps_s   integer[]   NOT NULL DEFAULT '{60,600}' CHECK (0 < ALL (learning_steps_s) AND cardinality(learning_steps_s) <= 10),
    relearning_steps_s integer[]   NOT NULL DEFAULT '{600}' CHECK (0 < ALL (relearning_steps_s) AND cardinality(relearning_steps_s) <= 10),
    easy_days          double precision[] NOT NULL DEFAULT '{1,1,1,1,1,1,1}' CHECK (cardinality(easy_days) = 7 AND 0 <= ALL (easy_days) AND 1 >= ALL (easy_days)),
    maximum_days       integer     NOT NULL DEFAULT 36500 CHECK (maximum_days BETWEEN 1 AND 36500),
    fuzz               boolean     NOT NULL DEFAULT true,
    created_at         timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE review_schemes IS 'How cards are scheduled. Never changed: a new choice is a new row, so that every review can be computed again as it was.';
COMMENT ON COLUMN review_schemes.easy_days IS 'How much of a normal load each weekday may carry, Sunday first.';
CREATE INDEX review_schemes_of_learner ON review_schemes (learner_id);
COMMENT ON INDEX review_schemes_of_learner IS 'Removing an account.';
CREATE INDEX review_schemes_of_weights ON review_schemes (weights_id);
COMMENT ON INDEX review_schemes_of_weights IS 'Removing the weights of an account.';
INSERT INTO review_schemes (weights_id) SELECT id FROM fsrs_weights;

CREATE TABLE deck_settings (
    learner_id       uuid        PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    scheme_id        bigint      NOT NULL REFERENCES review_schemes ON DELETE CASCADE,
    new_per_day      integer     NOT NULL DEFAULT 20 CHECK (new_per_day BETWEEN 0 AND 1000),
    reviews_per_day  integer     NOT NULL DEFAULT 200 CHECK (reviews_per_day BETWEEN 1 AND 10000),
    minutes_per_day  integer     CHECK (minutes_per_day BETWEEN 1 AND 1440),
    catch_up_until   date,
    catch_up_per_day integer     CHECK (catch_up_per_day BETWEEN 1 AND 10000),
    vacation_from    date,
    vacation_to      date,
    updated_at       timestamptz NOT NULL DEFAULT now(),
    CHECK ((vacation_from IS NULL) = (vacation_to IS NULL)),
    CHECK (vacation_to >= vacation_from),
    CHECK ((catch_up_until IS NULL) = (catch_up_per_day IS NULL))
);
COMMENT ON TABLE deck_settings IS 'How much of the deck a learner does on a day. Without a row the defaults hold.';
COMMENT ON COLUMN deck_settings.minutes_per_day IS 'Limits the reviews of a day by the time one takes this learner; null for no such limit.';
COMMENT ON COLUMN deck_settings.catch_up_per_day IS 'While a backlog is worked off: reviews a day until the day named.';
CREATE INDEX deck_settings_of_scheme ON deck_settings (scheme_id);
COMMENT ON INDEX deck_settings_of_scheme IS 'Removing the schemes of an account.';

CREATE TABLE notes (
    id          uuid        PRIMARY KEY,
    learner_id  uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    kind        text        NOT NULL CHECK (kind IN ('basic', 'cloze')),
    front       text        NOT NULL CHECK (length(front) BETWEEN 1 AND 20000),
    back        text        NOT NULL DEFAULT '' CHECK (length(back) <= 20000),
    front_key   uuid        NOT NULL,
    tags        text[]      NOT NULL DEFAULT '{}',
    source      text        NOT NULL CHECK (source IN ('own', 'anki')),
    created_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (learner_id, front_key)
);
COMMENT ON TABLE notes IS 'What learners put on cards themselves: harmless HTML, cleaned before it is stored.';
COMMENT ON COLUMN notes.front IS 'The question; of a cloze note the text with {{c1::what is hidden::hint}}.';
COMMENT ON COLUMN notes.front_key IS 'Digest of the front as a reader sees it.';
COMMENT ON CONSTRAINT notes_learner_id_front_key_key ON notes IS 'Importing a file again adds nothing twice.';

CREATE TABLE review_cards (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    learner_id     uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    question_id    integer     REFERENCES questions ON DELETE CASCADE,
    note_id        uuid        REFERENCES notes ON DELETE CASCADE,
    ordinal        smallint    NOT NULL DEFAULT 1 CHECK (ordinal BETWEEN 1 AND 500),
    state          text        NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'learning', 'review', 'relearning')),
    stability      double precision NOT NULL DEFAULT 0 CHECK (stability >= 0),
    difficulty     double precision NOT NULL DEFAULT 0 CHECK (difficulty BETWEEN 0 AND 10),
    due_at         timestamptz NOT NULL,
    last_review_at timestamptz,
    step           integer     NOT NULL DEFAULT 0 CHECK (step >= 0),
    reps           integer     NOT NULL DEFAULT 0 CHECK (reps >= 0),
    lapses         integer     NOT NULL DEFAULT 0 CHECK (lapses >= 0),
    scheduled_days integer     NOT NULL DEFAULT 0 CHECK (scheduled_days >= 0),
    reviews        integer     NOT NULL DEFAULT 0 CHECK (reviews >= 0),
    suspended      boolean     NOT NULL DEFAULT false,
    withheld_until timestamptz,
    added_at       timestamptz NOT NULL,
    UNIQUE (learner_id, question_id),
    UNIQUE (note_id, ordinal),
    CHECK ((question_id IS NULL) <> (note_id IS NULL)),
    CHECK ((state = 'new') = (last_review_at IS NULL))
) WITH (fillfactor = 80);
COMMENT ON TABLE review_cards IS 'One thing a learner wants to remember: a question, or one side or gap of a note. From state to scheduled_days it is what replaying card_reviews gives.';
COMMENT ON COLUMN review_cards.reviews IS 'Number of its last review, undone ones included.';
COMMENT ON COLUMN review_cards.withheld_until IS 'The tests it was answered in do not show right answers before then (infinity: never); null when the learner may see it.';
COMMENT ON COLUMN review_cards.ordinal IS 'Of a cloze note: the number of the gap the card asks for.';
COMMENT ON CONSTRAINT review_cards_learner_id_question_id_key ON review_cards IS 'The fold and practice find the card of a question; a question is on one card.';
CREATE INDEX review_cards_due ON review_cards (learner_id, due_at);
COMMENT ON INDEX review_cards_due IS 'Review page: what is due, and the forecast.';
CREATE INDEX review_cards_of_question ON review_cards (question_id) WHERE question_id IS NOT NULL;
COMMENT ON INDEX review_cards_of_question IS 'Removing a question.';

CREATE TABLE card_reviews (
    card_id           bigint      NOT NULL REFERENCES review_cards ON DELETE CASCADE,
    number            integer     NOT NULL CHECK (number >= 1),
    learner_id        uuid        NOT NULL,
    source            text        NOT NULL CHECK (source IN ('answer', 'deck', 'import')),
    recall            smallint    NOT NULL CHECK (recall BETWEEN 1 AND 4),
    suggested         smallint    CHECK (suggested BETWEEN 1 AND 4),
    at                timestamptz NOT NULL,
    day_starts_min    smallint    NOT NULL CHECK (day_starts_min BETWEEN -2880 AND 2880),
    scheme_id         bigint      NOT NULL REFERENCES review_schemes ON DELETE CASCADE,
    state             text        NOT NULL CHECK (state IN ('new', 'learning', 'review', 'relearning')),
    retrievability    double precision NOT NULL CHECK (retrievability BETWEEN 0 AND 1),
    elapsed_ms        bigint      CHECK (elapsed_ms >= 0),
    response_sequence bigint,
    attempt_id        uuid,
    position          smallint,
    request_id        uuid,
    undone_at         timestamptz,
    PRIMARY KEY (card_id, number),
    UNIQUE (response_sequence),
    UNIQUE (card_id, request_id),
    CHECK ((attempt_id IS NULL) = (position IS NULL))
);
COMMENT ON TABLE card_reviews IS 'Append-only: every review of every card, numbered under the card''s row lock. A card''s schedule is what replaying those that are not undone gives.';
COMMENT ON COLUMN card_reviews.at IS 'When it was reviewed; in a replay never before the review before it.';
COMMENT ON COLUMN card_reviews.day_starts_min IS 'When the learner''s day began then, in minutes after midnight UTC.';
COMMENT ON COLUMN card_reviews.state IS 'Of the card before the review.';
COMMENT ON COLUMN card_reviews.retrievability IS 'The chance of recall that was predicted; 0 for a new card.';
COMMENT ON COLUMN card_reviews.response_sequence IS 'The logged answer this was made of.';
COMMENT ON COLUMN card_reviews.request_id IS 'Chosen by the client, so that sending twice counts once.';
COMMENT ON COLUMN card_reviews.undone_at IS 'Does not count: taken back, or the learner rated the same answer themselves.';
CREATE INDEX card_reviews_of_learner ON card_reviews (learner_id, at DESC);
COMMENT ON INDEX card_reviews_of_learner IS 'Review page: what was done today, the last review to undo, the charts; fitting the weights.';
CREATE INDEX card_reviews_lately ON card_reviews USING brin (at);
COMMENT ON INDEX card_reviews_lately IS 'Schedule that fits weights: who reviewed lately.';
CREATE INDEX card_reviews_of_scheme ON card_reviews (scheme_id);
COMMENT ON INDEX card_reviews_of_scheme IS 'Removing the schemes of an account.';

CREATE TABLE answer_paces (
    learner_id uuid     NOT NULL,
    kind       text     NOT NULL,
    recent_ms  bigint[] NOT NULL,
    PRIMARY KEY (learner_id, kind)
) WITH (fillfactor = 70);
COMMENT ON TABLE answer_paces IS 'How long the last answers of a learner to questions of a kind took, oldest first: what counts as slow or fast for them.';

CREATE TABLE cards_mapped (
    only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    mapped_to bigint  NOT NULL
);
COMMENT ON TABLE cards_mapped IS 'The last logged answer that was looked at for cards. What became of it is in card_reviews and is never decided again, not even by a rebuild.';
INSERT INTO cards_mapped (mapped_to) VALUES (0);

CREATE TABLE card_imports (
    id           uuid        PRIMARY KEY,
    learner_id   uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    file_name    text        NOT NULL CHECK (length(file_name) <= 300),
    content      bytea,
    added        integer,
    created_at   timestamptz NOT NULL DEFAULT now(),
    committed_at timestamptz,
    CHECK ((committed_at IS NULL) = (added IS NULL))
);
COMMENT ON TABLE card_imports IS 'Files of cards that wait for their learner to say yes; the content goes when they have, or after a week.';
CREATE INDEX card_imports_of_learner ON card_imports (learner_id, id DESC);
COMMENT ON INDEX card_imports_of_learner IS 'Removing an account, and old files when a new one comes.';
