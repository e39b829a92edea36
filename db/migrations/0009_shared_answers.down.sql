DROP TABLE moderation_flags;
DROP TABLE shared_answer_likes;
DROP TABLE shared_answers;
ALTER TABLE questions DROP COLUMN sharing;
