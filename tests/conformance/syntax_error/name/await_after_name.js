a await;
