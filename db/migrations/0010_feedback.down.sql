ALTER TABLE answers DROP COLUMN checked_at;
