"""Who a customer is and what they ordered. Knows no chats, no articles."""
