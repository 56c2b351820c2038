export { CATALOGUE, type Section, sectionsFor, settingsOf } from './catalogue.ts';
export { describeSetting, spoken, type SettingDescription } from './describeSetting.ts';
