-- People who sign in. Names and columns as better-auth 1.7 asks for them, its camel case written with underscores (see better-auth-options.ts).

create table person (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- `token` is the SHA-256 of what the browser holds: who reads this table can be nobody.
create table person_session (
  id text primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  person_id text not null references person (id) on delete cascade
);
create index person_session_person on person_session (person_id);

-- How a person proves who it is: a password (scrypt, salted), later passkeys and single sign-on.
create table person_credential (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  person_id text not null references person (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index person_credential_person on person_credential (person_id);

create table person_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index person_verification_identifier on person_verification (identifier);

-- For whom a person may act: a participant's id, or 'network' for the operator of the exchange.
create table person_membership (
  person_id text not null references person (id) on delete cascade,
  participant text not null,
  may text[] not null,
  primary key (person_id, participant)
);
