export {
  type DashboardConfig,
  dashboardSettings,
  demoHereAlone,
  demoSettings,
} from './dashboardConfig.ts';
export { type DashboardOptions, serveDashboard } from './serveDashboard.ts';
