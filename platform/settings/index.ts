export { CATALOGUE, type Section, sectionsFor, settingsOf } from './catalogue.ts';
export { workerSections } from './workerSections.ts';
export { describeSetting, spoken, type SettingDescription } from './describeSetting.ts';
