-- An endpoint is sent events, or deliveries in the words of the carrier API.
alter table endpoints
  add column form text not null default 'events' check (form in ('events', 'deliveries'));
