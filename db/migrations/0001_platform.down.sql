DROP TABLE data_protection_keys;
DROP TABLE jobs;
DROP FUNCTION touch_updated_at();
