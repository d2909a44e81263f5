import classes from "./connections.module.css";

export type Fact = readonly [label: string, value: string, bad?: boolean];

/** Figures, each under its name. */
export const Facts = ({ facts }: { readonly facts: readonly Fact[] }) => (
  <dl className={classes.facts}>
    {facts.map(([label, value, bad = false]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd data-bad={bad}>{value}</dd>
      </div>
    ))}
  </dl>
);
