import type { Client } from "pg";

const columns = `
  select c.relname as "table", a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || case when a.attnotnull then ' not null' else '' end ||
    case when a.attidentity <> '' then ' identity' when a.attgenerated <> '' then ' = ' || pg_get_expr(d.adbin, d.adrelid)
    when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end as line
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
  left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
  where n.nspname = 'public' and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
  order by c.relname collate "C", a.attnum`;

const rules = `
  select conrelid::regclass::text as "table", conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint
  where connamespace = 'public'::regnamespace and contype <> 'n' order by 1, conname collate "C"`;

const indexes = `
  select tablename as "table", indexdef as line from pg_indexes where schemaname = 'public'
  and indexname not in (select conname from pg_constraint) order by 1, indexname collate "C"`;

const functions = `
  select pg_get_functiondef(oid) as line from pg_proc where pronamespace = 'public'::regnamespace order by proname collate "C"`;

/** The schema as text, from the catalogs: what the migrations have made, whichever way they came there. */
export async function dumpSchema(client: Client): Promise<string> {
  const lines = new Map<string, string[]>();
  for (const sql of [columns, rules, indexes]) {
    for (const { table, line } of (await client.query<{ table: string; line: string }>(sql)).rows) {
      lines.set(table, [...(lines.get(table) ?? []), `  ${line}`]);
    }
  }
  const tables = [...lines].map(([table, about]) => `table ${table}\n${about.join("\n")}`);
  const made = (await client.query<{ line: string }>(functions)).rows.map(({ line }) => line.trim());
  return `${[...tables, ...made].join("\n\n")}\n`;
}
