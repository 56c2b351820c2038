import type { z } from 'zod';

/** Who reads settings: a program that schedules, a worker, the platform, `taskfleet`, `npm start`. */
export const SETTING_READERS = ['scheduler', 'worker', 'platform', 'cli', 'local'] as const;

export type SettingReader = (typeof SETTING_READERS)[number];

/** A value that a process is told: by its program, else by an environment variable. */
export interface Setting<S extends z.ZodType = z.ZodType> {
  readonly variable: string;
  /** The option by which the command line is told it. */
  readonly option?: string;
  readonly schema: S;
}

/** A setting as people are told of it. What its schema says of bounds and default is not said again. */
export interface DescribedSetting<S extends z.ZodType = z.ZodType> extends Setting<S> {
  /** What it is, as a phrase. */
  readonly meaning: string;
  readonly readers: readonly [SettingReader, ...SettingReader[]];
  /** Of a number: what it counts. */
  readonly unit?: string;
  /** What is allowed, where the schema cannot say it. */
  readonly bounds?: string;
  /** What holds without it, where that depends on something. */
  readonly otherwise?: string;
  /** Never shown. */
  readonly secret?: true;
}

/** The settings of a process, by the names that its program has for them. */
export type Settings = Readonly<Record<string, Setting>>;

export type DescribedSettings = Readonly<Record<string, DescribedSetting>>;

export type ConfigOf<S extends Settings> = {
  readonly [Name in keyof S]: z.output<S[Name]['schema']>;
};

/** Values that a program gives itself: some of its settings, by name. They go before the environment. */
export type Given<S extends Settings> = {
  readonly [Name in keyof S]?: z.input<S[Name]['schema']> | undefined;
};
