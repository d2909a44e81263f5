import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface EmptyProps {
  readonly title: string;
  /** What to do next. */
  readonly next: string;
  readonly children?: ReactNode;
}

/** Nothing here, and what to do about it. */
export function Empty({ title, next, children }: EmptyProps) {
  return (
    <Stack align="center" gap={6} py="xl" px="md" ta="center">
      <Title order={3}>{title}</Title>
      <Text c="dimmed" size="sm" maw={380}>
        {next}
      </Text>
      {children}
    </Stack>
  );
}
