"""Files that carry data between laptops and programs; each module imports its workbook library on first use."""
