import { fieldsOf } from './fields.ts';
import type { ShapefileSet } from './shapefileSet.ts';

export interface Told {
  readonly project: string;
  readonly sets: readonly ShapefileSet[];
  readonly notes: readonly string[];
}

/** README.txt: which files there are, what was left out, and what the shortened names stand for. */
export function shapefileReadme({ project, sets, notes }: Told): string {
  const lines = [
    `Locations of the project ${project}, as ESRI shapefiles.`,
    'Positions are longitude and latitude in degrees, WGS 84. Texts are UTF-8. Heights are left out.',
    '',
    ...(sets.length === 0 ? ['There is no location with a geometry.'] : sets.map(tellSet)),
    ...(notes.length > 0 ? ['', 'Left out or changed:', ...notes.map((note) => `- ${note}`)] : []),
    ...sets.flatMap(tellNames),
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function tellSet({ name, count }: ShapefileSet): string {
  return `${name}.shp: ${count} ${count === 1 ? 'record' : 'records'}`;
}

function tellNames({ name, columns }: ShapefileSet): string[] {
  const fields = fieldsOf(columns);
  const changed = fields.filter((field) => field.name !== field.column);
  const left = [...columns.keys()].slice(fields.length);
  return [
    ...(changed.length > 0
      ? ['', `Fields of ${name}.dbf, which have ten characters at most:`]
      : []),
    ...changed.map((field) => `${field.name.padEnd(10)} ${oneLine(field.column)}`),
    ...(left.length > 0 ? ['', `Columns that ${name}.dbf has no room for (255 at most):`] : []),
    ...left.map(oneLine),
  ];
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
