import { Alert, Anchor, Badge, Button, FileButton, Group, List, Modal, Stack, Table, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { IconFileImport } from "@tabler/icons-react";
import { useState } from "react";
import type { CancelManyAnswer, ImportAnswer } from "../../../../src/doors/api/contract.ts";
import { ask, linkTo } from "../../app/api.ts";
import { useNetworkNow } from "../../app/live.tsx";
import { useSession } from "../../app/session.tsx";
import { useLocale } from "../../i18n/locale.tsx";
import { Problem } from "../../parts/problem.tsx";
import { useShippers, type ParticipantId } from "../../parts/participant-choice.ts";
import { ShipperSelect } from "../../parts/shipper-select.tsx";
import classes from "./orders.module.css";

interface ImportDialogProps {
  readonly opened: boolean;
  readonly close: () => void;
  readonly done: () => void;
  /** Filters the table to what an import brought. */
  readonly show: (imported: `import_${string}`) => void;
}

/** From a spreadsheet: look first, then the good rows in, and back out again if it was a mistake. */
export function ImportDialog({ opened, close, done, show }: ImportDialogProps) {
  const { t } = useLocale();
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="xl"
      title={t("import.title")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      {opened && <Importing close={close} done={done} show={show} />}
    </Modal>
  );
}

function Importing({ close, done, show }: Omit<ImportDialogProps, "opened">) {
  const { shippers, own } = useShippers();
  const [named, setNamed] = useState<ParticipantId | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const shipper = own ? null : (named ?? shippers[0]?.id ?? null);
  const send = (csv: File, dryRun: boolean) =>
    ask("importOrders", { query: { dryRun, ...(shipper === null ? {} : { shipper }) }, raw: csv });

  const look = useMutation({ mutationFn: (csv: File) => send(csv, true) });
  const take = useMutation({ mutationFn: (csv: File) => send(csv, false), onSettled: done });
  const undo = useMutation({
    mutationFn: (id: `import_${string}`) => ask("undoImport", { params: { id }, body: {} }),
    onSettled: done,
  });
  const choose = (next: File) => {
    setFile(next);
    take.reset();
    look.mutate(next);
  };
  const again = () => {
    setFile(null);
    look.reset();
    take.reset();
    undo.reset();
  };

  if (take.data !== undefined)
    return (
      <Taken
        answer={take.data}
        undone={undo.data ?? null}
        error={undo.error}
        undoing={undo.isPending}
        undo={undo.mutate}
        again={again}
        close={close}
        show={show}
      />
    );
  return (
    <Stack gap="md">
      <ShipperSelect value={shipper} onChange={setNamed} />
      {file === null ? <ChooseFile choose={choose} /> : null}
      {look.error !== null && <Problem error={look.error} again={again} />}
      {take.error !== null && <Problem error={take.error} />}
      {file !== null && look.data !== undefined && (
        <Preview
          answer={look.data}
          name={file.name}
          taking={take.isPending}
          take={() => take.mutate(file)}
          again={again}
        />
      )}
      {look.isPending && <Reading name={file?.name ?? ""} />}
    </Stack>
  );
}

function Reading({ name }: { readonly name: string }) {
  const { t } = useLocale();
  return (
    <Text size="sm" role="status">
      {t("import.reading", { name })}
    </Text>
  );
}

function ChooseFile({ choose }: { readonly choose: (file: File) => void }) {
  const { t } = useLocale();
  const { session } = useSession();
  const [over, setOver] = useState(false);
  // Sent as it is: the server knows more encodings than a browser's text().
  const read = (file: File | null | undefined) => {
    if (file) choose(file);
  };
  return (
    <Stack gap="sm">
      <Text size="sm">
        {t("import.how")}{" "}
        <Anchor href={linkTo("orderTemplate")} download size="sm" underline="always">
          {t("import.template")}
        </Anchor>
      </Text>
      {session.demo && (
        <Text size="sm" c="dimmed">
          {t("import.demo")}
        </Text>
      )}
      <div
        className={classes.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          read(event.dataTransfer.files[0]);
        }}
      >
        <IconFileImport size={26} stroke={1.4} aria-hidden />
        <Text size="sm">{t("import.drop")}</Text>
        <FileButton accept=".csv,text/csv,text/plain" onChange={read} inputProps={{ "aria-label": t("import.choose") }}>
          {(props) => (
            <Button variant="default" {...props}>
              {t("import.choose")}
            </Button>
          )}
        </FileButton>
      </div>
    </Stack>
  );
}

interface PreviewProps {
  readonly answer: ImportAnswer;
  readonly name: string;
  readonly taking: boolean;
  readonly take: () => void;
  readonly again: () => void;
}

/** Most rows shown of either kind: a file of thousands is not read on a screen. */
const MOST = 200;

function Preview({ answer, name, taking, take, again }: PreviewProps) {
  const { t, f } = useLocale();
  const now = useNetworkNow();
  const ignored = answer.columns.filter(({ field }) => field === null).map(({ heading }) => heading);
  return (
    <Stack gap="md">
      <div className={classes.numbers} role="status">
        <span>
          <strong className="mp-num">{f.number(answer.rows)}</strong> {t("import.rows", { name })}
        </span>
        <span>
          <strong className="mp-num">{f.number(answer.taken)}</strong> {t("import.good")}
        </span>
        <span style={answer.refused > 0 ? { color: "var(--mp-bad)" } : undefined}>
          <strong className="mp-num">{f.number(answer.refused)}</strong> {t("import.bad")}
        </span>
      </div>
      {(answer.notes.length > 0 || ignored.length > 0) && (
        <List size="sm" spacing={2}>
          {answer.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
          {ignored.length > 0 && <List.Item>{t("import.ignored", { columns: ignored.join(", ") })}</List.Item>}
        </List>
      )}
      <Problems problems={answer.problems} />
      {answer.preview.length > 0 && (
        <section>
          <Title order={3} mb={6}>
            {t("import.goodRows")}
          </Title>
          <div className={classes.scroll} role="region" aria-label={t("import.goodRows")}>
            <Table stickyHeader>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">{t("import.row")}</Table.Th>
                  <Table.Th scope="col">{t("column.reference")}</Table.Th>
                  <Table.Th scope="col">{t("stop.pickup")}</Table.Th>
                  <Table.Th scope="col">{t("stop.dropoff")}</Table.Th>
                  <Table.Th scope="col">{t("import.arrival")}</Table.Th>
                  <Table.Th scope="col" ta="end">
                    {t("column.price")}
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {answer.preview.slice(0, MOST).map((row) => (
                  <Table.Tr key={row.row}>
                    <Table.Td className="mp-num">{row.row}</Table.Td>
                    <Table.Td>{row.reference ?? "–"}</Table.Td>
                    <Table.Td>{row.pickup}</Table.Td>
                    <Table.Td>{row.dropoff}</Table.Td>
                    <Table.Td className="mp-num">
                      {row.quote?.dropoffAt ? f.when(row.quote.dropoffAt, now) : "–"}
                    </Table.Td>
                    <Table.Td className="mp-num" ta="end">
                      {row.quote ? f.money(row.quote.price) : "–"}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        </section>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={again}>
          {t("import.other")}
        </Button>
        <Button onClick={take} loading={taking} disabled={answer.taken === 0}>
          {t("import.take", { n: answer.taken })}
        </Button>
      </Group>
    </Stack>
  );
}

function Problems({ problems }: { readonly problems: ImportAnswer["problems"] }) {
  const { t } = useLocale();
  if (problems.length === 0) return null;
  return (
    <section>
      <Title order={3} mb={6}>
        {t("import.badRows")}
      </Title>
      <div className={classes.scroll} role="region" aria-label={t("import.badRows")}>
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("import.row")}</Table.Th>
              <Table.Th scope="col">{t("import.column")}</Table.Th>
              <Table.Th scope="col">{t("import.what")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {problems.slice(0, MOST).map((problem, i) => (
              <Table.Tr key={i}>
                <Table.Td className="mp-num">{problem.row}</Table.Td>
                <Table.Td>{problem.column === null ? "–" : <Badge color="gray">{problem.column}</Badge>}</Table.Td>
                <Table.Td>
                  <Text size="sm">{problem.detail}</Text>
                  <Text size="xs" c="dimmed">
                    {problem.mend}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {problems.length > MOST && (
        <Text size="xs" c="dimmed" mt={4}>
          {t("import.moreProblems", { n: problems.length - MOST })}
        </Text>
      )}
    </section>
  );
}

interface TakenProps {
  readonly answer: ImportAnswer;
  /** What became of each when it was undone; null while it stands. */
  readonly undone: CancelManyAnswer | null;
  readonly error: Error | null;
  readonly undoing: boolean;
  readonly undo: (id: `import_${string}`) => void;
  readonly again: () => void;
  readonly close: () => void;
  readonly show: ImportDialogProps["show"];
}

function Taken({ answer, undone, error, undoing, undo, again, close, show }: TakenProps) {
  const { t } = useLocale();
  const { importId } = answer;
  return (
    <Stack gap="md">
      <Alert color={undone !== null ? "gray" : answer.refused === 0 ? "teal" : "yellow"} role="status">
        {undone === null
          ? t("import.taken", { n: answer.taken, refused: answer.refused })
          : t("import.undone", { n: undone.cancelled, kept: undone.outcomes.length - undone.cancelled })}
      </Alert>
      {undone === null && <Problems problems={answer.problems} />}
      {error !== null && <Problem error={error} />}
      <Group justify="space-between">
        {importId !== null && undone === null ? (
          <Button variant="subtle" color="red" loading={undoing} onClick={() => undo(importId)}>
            {t("import.undo")}
          </Button>
        ) : (
          <span />
        )}
        <Group gap="xs">
          <Button variant="default" onClick={again}>
            {t("import.other")}
          </Button>
          {importId !== null && (
            <Button
              variant="default"
              onClick={() => {
                show(importId);
                close();
              }}
            >
              {t("import.show")}
            </Button>
          )}
          <Button onClick={close}>{t("app.close")}</Button>
        </Group>
      </Group>
    </Stack>
  );
}
