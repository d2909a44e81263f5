import { Text } from "@mantine/core";
import type { OrderDetail } from "../../../../src/doors/api/contract.ts";
import { useLocale } from "../../i18n/locale.tsx";
import { balances, entriesOf } from "./ledger.ts";
import classes from "./order.module.css";

/** The ledger's lines by entry, each with its sum: debits are positive, credits negative. */
export function Money({ detail }: { readonly detail: OrderDetail }) {
  const { t, f, word } = useLocale();
  const entries = entriesOf(detail.money);
  if (entries.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t(detail.order.closedAt === null ? "order.noMoney" : "order.noMoneyClosed")}
      </Text>
    );
  return entries.map((entry) => (
    <table key={entry.entry} className={classes.ledger}>
      <tbody>
        {entry.postings.map((posting) => (
          <tr key={posting.id} title={posting.text}>
            <th scope="row">
              {word("account", posting.account)}{" "}
              <Text span size="xs" c="dimmed">
                {posting.participant.name}
              </Text>
            </th>
            <td>{f.money(posting.amount)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{balances(entry) ? t("order.balanced") : t("order.oneSide")}</th>
          <td>{[...entry.sums].map(([currency, amount]) => f.money({ amount, currency })).join(" · ")}</td>
        </tr>
      </tfoot>
    </table>
  ));
}
