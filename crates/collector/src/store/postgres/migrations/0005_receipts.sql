-- A version is never deleted, and whoever keeps responses looks their versions up once for all of them: to look them up
-- for each row took longer than writing it. Collectors of the release before look them up too, before they write.
-- Older servers give the key a shorter name.
ALTER TABLE responses
    DROP CONSTRAINT IF EXISTS responses_survey_version_fkey,
    DROP CONSTRAINT IF EXISTS responses_survey_fkey;
