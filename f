{
  "version": 1,
  "findings": []
}
