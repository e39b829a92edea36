DROP TABLE annotations, live_events, live_receipts, live_actions, live_participants;
ALTER TABLE attempts DROP CONSTRAINT attempts_session_id_fkey, DROP COLUMN paused_at, DROP COLUMN paused_ms, DROP COLUMN allowance;
DROP TABLE live_sessions, accommodations, class_roster, class_members, classes;
