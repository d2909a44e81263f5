-- The newest report of each source on the roads, as it came in: what is closed stays closed over a restart.
create table road_reports (
  source text primary key,
  valid_until bigint not null,
  report jsonb not null
);
