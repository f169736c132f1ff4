export interface Product {
  id: string;
  sku: string;
  barcode: string | null;
  name: string;
  category: string | null;
  unitPriceFen: number;
  tags?: string[];
  isActive: boolean;
}
