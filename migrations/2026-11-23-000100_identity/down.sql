-- The role stays: other databases of the cluster may use it.
DROP TABLE idempotency_key, login_failure, session, credential, account_role, account;
