DROP TABLE grades;
DROP TABLE regrade_changes;
DROP TABLE regrades;
DROP TABLE answer_events;
DROP TABLE answers;
DROP TABLE attempts;
