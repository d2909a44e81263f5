table api_keys
  id text not null
  participant text not null
  name text not null
  hash text not null
  may text[] not null
  created_at bigint not null
  revoked_at bigint
  api_keys_hash_key UNIQUE (hash)
  api_keys_pkey PRIMARY KEY (id)
  CREATE INDEX api_keys_of_participant ON public.api_keys USING btree (participant)

table attempts
  id text not null
  body jsonb not null
  order_id text not null = (body ->> 'order'::text)
  leg_id text not null = (body ->> 'leg'::text)
  at bigint not null = ((body ->> 'at'::text))::bigint
  attempts_pkey PRIMARY KEY (id)
  CREATE INDEX attempts_of_order ON public.attempts USING btree (order_id)

table chain_heads
  viewer text not null
  seq bigint not null default 0
  hash text not null
  position bigint not null default 0
  chain_heads_pkey PRIMARY KEY (viewer)

table couriers
  id text not null
  body jsonb not null
  carrier text not null = (body ->> 'carrier'::text)
  couriers_pkey PRIMARY KEY (id)

table decisions
  id text not null
  body jsonb not null
  order_id text not null = (body ->> 'order'::text)
  owner text not null = (body ->> 'owner'::text)
  at bigint not null = ((body ->> 'at'::text))::bigint
  decisions_pkey PRIMARY KEY (id)
  CREATE INDEX decisions_newest ON public.decisions USING btree (at, id COLLATE "C")
  CREATE INDEX decisions_of_order ON public.decisions USING btree (order_id)

table endpoints
  id text not null
  participant text not null
  url text not null
  sealed_secret bytea not null
  active boolean not null
  position bigint not null
  failures integer not null
  retry_at bigint
  created_at bigint not null
  form text not null default 'events'::text
  endpoints_form_check CHECK ((form = ANY (ARRAY['events'::text, 'deliveries'::text])))
  endpoints_pkey PRIMARY KEY (id)
  CREATE INDEX endpoints_of_participant ON public.endpoints USING btree (participant)

table events
  id text not null
  at bigint not null
  owner text not null
  order_id text not null
  sequence integer not null
  body jsonb not null
  reader text
  arrival bigint not null identity
  seq bigint
  prev_hash text
  hash text
  position bigint
  owner_position bigint
  reader_position bigint
  events_pkey PRIMARY KEY (id)
  events_sequence UNIQUE (order_id, sequence)
  CREATE UNIQUE INDEX events_owner_position ON public.events USING btree (owner, owner_position) WHERE (owner_position IS NOT NULL)
  CREATE UNIQUE INDEX events_position ON public.events USING btree ("position") WHERE ("position" IS NOT NULL)
  CREATE UNIQUE INDEX events_reader_position ON public.events USING btree (reader, reader_position) WHERE (reader_position IS NOT NULL)
  CREATE INDEX events_unsealed ON public.events USING btree (arrival) WHERE ("position" IS NULL)

table inbox
  event_id text not null
  inbox_pkey PRIMARY KEY (event_id)

table kept_answers
  participant text not null
  key text not null
  request_hash text not null
  status integer not null
  body text not null
  at bigint not null
  kept_answers_pkey PRIMARY KEY (participant, key)
  CREATE INDEX kept_answers_by_age ON public.kept_answers USING btree (at)

table leases
  name text not null
  token bigint not null
  leases_pkey PRIMARY KEY (name)

table leg_holders
  leg_id text not null
  carrier text not null
  order_id text not null
  leg_holders_pkey PRIMARY KEY (leg_id, carrier)
  CREATE INDEX leg_holders_of_carrier ON public.leg_holders USING btree (carrier, order_id)

table legs
  id text not null
  body jsonb not null
  order_id text not null = (body ->> 'order'::text)
  shipper text not null = (body ->> 'shipper'::text)
  state text not null = (body ->> 'state'::text)
  carrier text = (body #>> '{assignment,carrier}'::text[])
  from_subject text not null = (body #>> '{from,subject}'::text[])
  to_subject text not null = (body #>> '{to,subject}'::text[])
  estimate_at bigint = ((body #>> '{estimate,dropoff}'::text[]))::bigint
  legs_pkey PRIMARY KEY (id)
  CREATE INDEX legs_from ON public.legs USING btree (from_subject)
  CREATE INDEX legs_of_carrier ON public.legs USING btree (carrier, order_id)
  CREATE INDEX legs_of_order ON public.legs USING btree (order_id)
  CREATE INDEX legs_to ON public.legs USING btree (to_subject)

table links
  participant text not null
  platform text not null
  sealed_credentials bytea not null
  base_url text
  fallback_phone text not null
  linked_at bigint not null
  changed_at bigint not null
  changed_by text not null
  links_pkey PRIMARY KEY (participant)

table offers
  id text not null
  body jsonb not null
  leg_id text not null = (body ->> 'leg'::text)
  offers_pkey PRIMARY KEY (id)
  CREATE INDEX offers_of_leg ON public.offers USING btree (leg_id)

table openings
  number bigint not null identity
  at bigint not null
  actor text not null
  viewer text not null
  purpose text not null
  kind text not null
  subject text not null
  owner text not null
  openings_pkey PRIMARY KEY (number)
  CREATE INDEX openings_of_owner ON public.openings USING btree (owner, number)
  CREATE INDEX openings_of_subject ON public.openings USING btree (subject, number)

table order_logs
  order_id text not null
  last integer not null
  settled boolean not null
  order_logs_pkey PRIMARY KEY (order_id)
  CREATE INDEX order_logs_living ON public.order_logs USING btree (order_id) WHERE (NOT settled)

table orders
  id text not null
  body jsonb not null
  shipper text not null = (body ->> 'shipper'::text)
  reference text = (body ->> 'reference'::text)
  state text not null = (body ->> 'state'::text)
  placed_at bigint not null = ((body ->> 'placedAt'::text))::bigint
  imported_by text = (body ->> 'importedBy'::text)
  window_at bigint = COALESCE(((body #>> '{dropoffWindow,latest}'::text[]))::bigint, ((body #>> '{dropoffWindow,earliest}'::text[]))::bigint)
  closed_at bigint = ((body ->> 'closedAt'::text))::bigint
  orders_pkey PRIMARY KEY (id)
  CREATE INDEX orders_by_end ON public.orders USING btree ("right"(id, 6))
  CREATE INDEX orders_by_window ON public.orders USING btree (COALESCE(window_at, '9007199254740991'::bigint), id COLLATE "C")
  CREATE INDEX orders_newest ON public.orders USING btree (placed_at, id COLLATE "C")
  CREATE INDEX orders_of_import ON public.orders USING btree (imported_by) WHERE (imported_by IS NOT NULL)
  CREATE INDEX orders_of_shipper ON public.orders USING btree (shipper, placed_at, id COLLATE "C")
  CREATE UNIQUE INDEX orders_reference ON public.orders USING btree (shipper, reference) WHERE (state <> 'cancelled'::text)

table outcomes
  id text not null
  body jsonb not null
  shipper text not null = (body ->> 'shipper'::text)
  placed_at bigint not null = ((body ->> 'placedAt'::text))::bigint
  outcomes_pkey PRIMARY KEY (id)
  CREATE INDEX outcomes_by_time ON public.outcomes USING btree (placed_at)

table participants
  id text not null
  body jsonb not null
  participants_pkey PRIMARY KEY (id)

table positions
  courier text not null
  at bigint not null
  carrier text not null
  longitude double precision not null
  latitude double precision not null
  received_at bigint not null
  positions_pkey PRIMARY KEY (courier, at)

table postings
  id text not null
  body jsonb not null
  order_id text not null = (body ->> 'order'::text)
  participant text not null = (body ->> 'participant'::text)
  postings_pkey PRIMARY KEY (id)
  CREATE INDEX postings_of_order ON public.postings USING btree (order_id)

table requests
  id text not null
  body jsonb not null
  order_id text not null = (body ->> 'order'::text)
  owner text not null = (body ->> 'owner'::text)
  state text not null = (body ->> 'state'::text)
  requests_pkey PRIMARY KEY (id)
  CREATE INDEX requests_of_order ON public.requests USING btree (order_id)
  CREATE INDEX requests_unanswered ON public.requests USING btree (state, order_id) WHERE (state <> 'answered'::text)

table road_reports
  source text not null
  valid_until bigint not null
  report jsonb not null
  road_reports_pkey PRIMARY KEY (source)

table rounds
  id text not null
  body jsonb not null
  rounds_pkey PRIMARY KEY (id)

table routes
  id text not null
  body jsonb not null
  shift_id text not null = (body ->> 'shift'::text)
  routes_pkey PRIMARY KEY (id)

table schema_version
  version integer not null
  name text not null
  applied_at timestamp with time zone not null default now()
  schema_version_pkey PRIMARY KEY (version)

table sealed_records
  subject text not null
  kind text not null
  owner text not null
  wrapped_key bytea
  ciphertext bytea
  created_at bigint not null
  sealed_records_pkey PRIMARY KEY (subject, kind)
  sealed_records_whole CHECK (((wrapped_key IS NULL) = (ciphertext IS NULL)))

table shifts
  id text not null
  body jsonb not null
  carrier text not null = (body ->> 'carrier'::text)
  state text not null = (body ->> 'state'::text)
  starts_at bigint not null = ((body ->> 'startsAt'::text))::bigint
  ends_at bigint not null = ((body ->> 'endsAt'::text))::bigint
  shifts_pkey PRIMARY KEY (id)
  CREATE INDEX shifts_by_time ON public.shifts USING btree (starts_at)
  CREATE INDEX shifts_running ON public.shifts USING btree (id) WHERE (state <> 'over'::text)

table timers
  id text not null
  body jsonb not null
  order_id text not null = (body #>> '{event,order}'::text[])
  timers_pkey PRIMARY KEY (id)

table webhook_tries
  number bigint not null identity
  endpoint text not null
  event text not null
  position bigint not null
  at bigint not null
  status integer
  error text
  webhook_tries_endpoint_fkey FOREIGN KEY (endpoint) REFERENCES endpoints(id) ON DELETE CASCADE
  webhook_tries_pkey PRIMARY KEY (number)
  CREATE INDEX webhook_tries_of_endpoint ON public.webhook_tries USING btree (endpoint, number)

CREATE OR REPLACE FUNCTION public.openings_stand()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'openings are never changed';
end $function$

CREATE OR REPLACE FUNCTION public.refuse(code text, message text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  raise exception using errcode = 'MP001', message = message, detail = code;
end $function$
