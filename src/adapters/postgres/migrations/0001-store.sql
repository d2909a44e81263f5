-- Rows are kept as `body`; what lists filter and joins follow is a column computed from it, so that the two cannot disagree.
-- Instants are milliseconds since 1970 UTC. Points of places are never here: the cell is, the point is in sealed_records.

create function refuse(code text, message text) returns boolean language plpgsql as $$
begin
  raise exception using errcode = 'MP001', message = message, detail = code;
end $$;

-- Who writes: each load takes the next token, and a commit with an older one is refused.
create table leases (
  name text primary key,
  token bigint not null
);
insert into leases values ('journey', 0);

create table participants (
  id text primary key,
  body jsonb not null
);

create table orders (
  id text primary key,
  body jsonb not null,
  shipper text not null generated always as (body ->> 'shipper') stored,
  reference text generated always as (body ->> 'reference') stored,
  state text not null generated always as (body ->> 'state') stored,
  placed_at bigint not null generated always as ((body ->> 'placedAt')::bigint) stored,
  imported_by text generated always as (body ->> 'importedBy') stored,
  constraint orders_reference unique (shipper, reference)
);
create index orders_newest on orders (placed_at, id collate "C");
create index orders_of_shipper on orders (shipper, placed_at, id collate "C");
create index orders_of_import on orders (imported_by) where imported_by is not null;

-- How far an order's events are numbered, and whether its journey is settled.
create table order_logs (
  order_id text primary key,
  last integer not null,
  settled boolean not null
);
create index order_logs_living on order_logs (order_id) where not settled;

create table legs (
  id text primary key,
  body jsonb not null,
  order_id text not null generated always as (body ->> 'order') stored,
  shipper text not null generated always as (body ->> 'shipper') stored,
  state text not null generated always as (body ->> 'state') stored,
  carrier text generated always as (body #>> '{assignment,carrier}') stored,
  from_subject text not null generated always as (body #>> '{from,subject}') stored,
  to_subject text not null generated always as (body #>> '{to,subject}') stored
);
create index legs_of_order on legs (order_id);
create index legs_from on legs (from_subject);
create index legs_to on legs (to_subject);

-- Every carrier to which a leg is, or was, committed: who sees it.
create table leg_holders (
  leg_id text not null,
  carrier text not null,
  order_id text not null,
  primary key (leg_id, carrier)
);
create index leg_holders_of_carrier on leg_holders (carrier, order_id);

create table couriers (
  id text primary key,
  body jsonb not null,
  carrier text not null generated always as (body ->> 'carrier') stored
);

create table shifts (
  id text primary key,
  body jsonb not null,
  carrier text not null generated always as (body ->> 'carrier') stored,
  state text not null generated always as (body ->> 'state') stored,
  starts_at bigint not null generated always as ((body ->> 'startsAt')::bigint) stored,
  ends_at bigint not null generated always as ((body ->> 'endsAt')::bigint) stored
);
create index shifts_running on shifts (id) where state <> 'over';
create index shifts_by_time on shifts (starts_at);

create table routes (
  id text primary key,
  body jsonb not null,
  shift_id text not null generated always as (body ->> 'shift') stored
);

create table offers (
  id text primary key,
  body jsonb not null,
  leg_id text not null generated always as (body ->> 'leg') stored
);
create index offers_of_leg on offers (leg_id);

create table requests (
  id text primary key,
  body jsonb not null,
  order_id text not null generated always as (body ->> 'order') stored,
  owner text not null generated always as (body ->> 'owner') stored,
  state text not null generated always as (body ->> 'state') stored
);
create index requests_of_order on requests (order_id);
create index requests_unanswered on requests (state, order_id) where state <> 'answered';

create table rounds (
  id text primary key,
  body jsonb not null
);

create table timers (
  id text primary key,
  body jsonb not null,
  order_id text not null generated always as (body #>> '{event,order}') stored
);

create table attempts (
  id text primary key,
  body jsonb not null,
  order_id text not null generated always as (body ->> 'order') stored,
  leg_id text not null generated always as (body ->> 'leg') stored,
  at bigint not null generated always as ((body ->> 'at')::bigint) stored
);
create index attempts_of_order on attempts (order_id);

create table decisions (
  id text primary key,
  body jsonb not null,
  order_id text not null generated always as (body ->> 'order') stored,
  owner text not null generated always as (body ->> 'owner') stored,
  at bigint not null generated always as ((body ->> 'at')::bigint) stored
);
create index decisions_newest on decisions (at, id collate "C");
create index decisions_of_order on decisions (order_id);

create table postings (
  id text primary key,
  body jsonb not null,
  order_id text not null generated always as (body ->> 'order') stored,
  participant text not null generated always as (body ->> 'participant') stored
);
create index postings_of_order on postings (order_id);

create table outcomes (
  id text primary key,
  body jsonb not null,
  shipper text not null generated always as (body ->> 'shipper') stored,
  placed_at bigint not null generated always as ((body ->> 'placedAt')::bigint) stored
);
create index outcomes_by_time on outcomes (placed_at);

-- `reader`: the one party besides the owner that may read it. The columns below `arrival` are filled when it is chained:
-- `seq`, `prev_hash` and `hash` in the owner's log, and its place in the feeds of the operator, the owner and the reader.
create table events (
  id text primary key,
  at bigint not null,
  owner text not null,
  order_id text not null,
  sequence integer not null,
  body jsonb not null,
  reader text,
  arrival bigint generated always as identity,
  seq bigint,
  prev_hash text,
  hash text,
  position bigint,
  owner_position bigint,
  reader_position bigint,
  constraint events_sequence unique (order_id, sequence)
);
create index events_unsealed on events (arrival) where position is null;
create unique index events_position on events (position) where position is not null;
create unique index events_owner_position on events (owner, owner_position) where owner_position is not null;
create unique index events_reader_position on events (reader, reader_position) where reader_position is not null;

-- Events whose handlers have not run yet.
create table inbox (
  event_id text primary key
);

-- How far each participant's log is chained, and each viewer's feed filled; the operator's is called `network`.
create table chain_heads (
  viewer text primary key,
  seq bigint not null default 0,
  hash text not null,
  position bigint not null default 0
);

-- A forgotten subject keeps its row and loses everything in it.
create table sealed_records (
  subject text not null,
  kind text not null,
  owner text not null,
  wrapped_key bytea,
  ciphertext bytea,
  created_at bigint not null,
  primary key (subject, kind),
  constraint sealed_records_whole check ((wrapped_key is null) = (ciphertext is null))
);

create table kept_answers (
  participant text not null,
  key text not null,
  request_hash text not null,
  status integer not null,
  body text not null,
  at bigint not null,
  primary key (participant, key)
);
create index kept_answers_by_age on kept_answers (at);

create table positions (
  courier text not null,
  at bigint not null,
  carrier text not null,
  longitude double precision not null,
  latitude double precision not null,
  received_at bigint not null,
  primary key (courier, at)
);

create table api_keys (
  id text primary key,
  participant text not null,
  name text not null,
  hash text not null unique,
  may text[] not null,
  created_at bigint not null,
  revoked_at bigint
);
create index api_keys_of_participant on api_keys (participant);

create table endpoints (
  id text primary key,
  participant text not null,
  url text not null,
  sealed_secret bytea not null,
  active boolean not null,
  position bigint not null,
  failures integer not null,
  retry_at bigint,
  created_at bigint not null
);
create index endpoints_of_participant on endpoints (participant);

create table webhook_tries (
  number bigint generated always as identity primary key,
  endpoint text not null references endpoints on delete cascade,
  event text not null,
  position bigint not null,
  at bigint not null,
  status integer,
  error text
);
create index webhook_tries_of_endpoint on webhook_tries (endpoint, number);
