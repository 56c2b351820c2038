export { type DashboardConfig, dashboardSettings } from './dashboardConfig.ts';
export { type DashboardOptions, serveDashboard } from './serveDashboard.ts';
