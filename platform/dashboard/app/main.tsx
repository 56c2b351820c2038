import { render } from 'preact';
import { App } from './App.tsx';
import { followLinks } from './router.ts';
import { applyTheme } from './ui/theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/table.css';
import './styles/form.css';
import './styles/pages.css';

applyTheme();
followLinks();
render(<App />, document.body);
