DROP TABLE response, draft;
