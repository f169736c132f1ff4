import type { ReactNode } from 'react';
import './styles/app.scss';

function App({ children }: { children?: ReactNode }) {
  return children;
}

// Taro finds the app and each page by their default export.
export default App;
