DROP TABLE conclusion_version;
