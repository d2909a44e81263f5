import { Anchor, Button, Group, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DecisionList, DecisionView } from "../../../../src/doors/api/contract.ts";
import { ask } from "../../app/api.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { CarrierMark } from "../../parts/carrier-mark.tsx";
import { decisionSentence } from "../../parts/decision-words.ts";
import { Empty } from "../../parts/empty.tsx";
import { Problem } from "../../parts/problem.tsx";
import { shortId } from "../../parts/short-id.ts";
import classes from "./decisions.module.css";

/** What the network decided by itself, newest first; each leads to the order, where the whole record stands. */
export function Decisions() {
  const { t } = useLocale();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ["decisions"],
    queryFn: ({ pageParam, signal }) =>
      ask("listDecisions", { query: { limit: 50, ...(pageParam === null ? {} : { cursor: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: DecisionList) => last.next,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : 5000),
  });
  const decisions = data?.pages.flatMap((page) => page.decisions);

  return (
    <div className={classes.screen}>
      <Title order={1}>{t("nav.decisions")}</Title>
      <Text size="sm" c="dimmed" mb="md">
        {t("decisions.what")}
      </Text>
      {error !== null && <Problem error={error} again={() => void refetch()} />}
      {decisions === undefined && error === null && <Skeleton h={320} role="status" aria-label={t("app.loading")} />}
      {decisions?.length === 0 && <Empty title={t("decisions.none")} next={t("decisions.none.next")} />}
      {decisions !== undefined && decisions.length > 0 && (
        <Paper withBorder component="ol" className={classes.list}>
          {decisions.map((decision) => (
            <Line key={decision.id} decision={decision} />
          ))}
        </Paper>
      )}
      {hasNextPage && (
        <Button variant="default" mt="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t("app.more")}
        </Button>
      )}
    </div>
  );
}

function Line({ decision }: { readonly decision: DecisionView }) {
  const locale = useLocale();
  const { t, f } = locale;
  const now = useNetworkNow();
  const chosen = decision.candidates.find((one) => one.chosen);
  return (
    <li className={classes.line}>
      <time dateTime={decision.at} title={f.dateTime(decision.at)}>
        {f.when(decision.at, now)}
      </time>
      <CarrierMark carrier={chosen?.carrier.id} size={16} />
      <Stack gap={0}>
        <span>{decisionSentence(decision, locale)}</span>
        <Group gap="xs">
          <Anchor
            size="xs"
            renderRoot={(props) => <Link to="/orders/$order" params={{ order: decision.order }} {...props} />}
          >
            {t("decisions.order", { name: shortId(decision.order) })}
          </Anchor>
          <Text size="xs" c="dimmed" className="mp-num">
            {t("decisions.took", { latency: f.wait(decision.latencyMs) })}
          </Text>
        </Group>
      </Stack>
    </li>
  );
}
