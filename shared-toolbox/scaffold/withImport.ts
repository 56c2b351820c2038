import { generateCode, type ProxifiedModule } from 'magicast';

/** The code of a module with one more import, right below those that it has: by itself it would stand apart from them. */
export function withImport(module: ProxifiedModule, name: string, from: string): string {
  module.imports.$append({ from, imported: name, local: name });
  const lines = generateCode(module).code.split('\n');
  const at = lines.findIndex((line) => line.startsWith('import ') && line.includes(`'${from}'`));
  return lines.filter((line, i) => !(i === at - 1 && line === '')).join('\n');
}
