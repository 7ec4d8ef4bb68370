DROP TABLE hearing_revocation;
