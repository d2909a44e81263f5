-- Somebody kept out may not sign in; what it has done stays under its name.
alter table person add column disabled_at timestamptz;
-- The password was made by somebody else and is still in use: its owner is asked for one of its own.
alter table person add column password_handed_out boolean not null default false;
